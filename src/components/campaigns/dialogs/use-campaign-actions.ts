'use client'

import { useRouter } from 'next/navigation'
import { formatOf } from '@/components/ui/numbers'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'

/** Invalidates everything about campaigns, and the batches they hold. */
export function useRefreshCampaigns() {
  const utils = api.useUtils()
  return () => Promise.all([utils.campaigns.invalidate(), utils.batches.invalidate()])
}

/** Acts that need no dialog: pause and archive (both with Undo), and duplicate. A refusal is said in the server's words. */
export function useCampaignActions() {
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const refuse = (error: unknown) => notifyFailed(messageOf(error))
  const pause = api.campaigns.pause.useMutation({ onSettled: refresh })
  const resume = api.campaigns.resume.useMutation({ onSettled: refresh })
  const duplicate = api.campaigns.duplicate.useMutation({ onSettled: refresh })

  const archive = api.campaigns.archive.useMutation({ onSettled: refresh })
  const unarchive = api.campaigns.unarchive.useMutation({ onSettled: refresh })
  const putBack = (campaignId: string) =>
    unarchive.mutate({ campaignId }, { onSuccess: () => notifyDone('Back on the list.'), onError: refuse })

  const undoPause = (campaignId: string) =>
    resume.mutate({ campaignId }, { onSuccess: () => notifyDone('Running again.'), onError: refuse })

  return {
    pausing: pause.isPending,
    /** `runs`: it finds leads, too. */
    pause: ({ id, waiting, runs }: { id: string; waiting: number; runs: boolean }) =>
      pause.mutate(
        { campaignId: id },
        {
          onSuccess: () => {
            const wait = waiting > 0 ? ` ${formatOf(waiting, 'email waits', 'emails wait')}.` : ''
            notifyDone(`Paused.${wait}${runs ? ' No source is asked until it is resumed.' : ''}`, {
              undo: () => undoPause(id),
            })
          },
          onError: refuse,
        },
      ),
    archive: ({ id }: { id: string }) =>
      archive.mutate(
        { campaignId: id },
        {
          onSuccess: () =>
            notifyDone('Archived.', {
              description: 'Its record and its numbers stay. It stands behind “Archived”.',
              undo: () => putBack(id),
            }),
          onError: refuse,
        },
      ),
    unarchive: ({ id }: { id: string }) => putBack(id),
    duplicate: ({ id }: { id: string }) =>
      duplicate.mutate(
        { campaignId: id },
        {
          onSuccess: (copy) => {
            notifyDone('Duplicated as a draft.', { description: 'Nothing is sent until you start it.' })
            router.push(routes.editCampaign(copy.id))
          },
          onError: refuse,
        },
      ),
  }
}
