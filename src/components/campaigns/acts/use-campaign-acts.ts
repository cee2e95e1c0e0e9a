'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { formatOf } from '@/components/ui/numbers'
import { notifyDone, notifyFailed } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'
import { editHref } from '../draft/edit-address'

/** Everything about campaigns, and the batches they hold, is asked again after an act. */
export function useRefreshCampaigns() {
  const trpc = useTRPC()
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries(trpc.campaigns.pathFilter()),
      client.invalidateQueries(trpc.batches.pathFilter()),
    ])
}

/** Acts that need no dialog: pause (with Undo) and duplicate. A refusal is said in the server's words. */
export function useCampaignActs() {
  const trpc = useTRPC()
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const refuse = (error: unknown) => notifyFailed(messageOf(error))
  const pause = useMutation(trpc.campaigns.pause.mutationOptions({ onSettled: refresh }))
  const resume = useMutation(trpc.campaigns.resume.mutationOptions({ onSettled: refresh }))
  const duplicate = useMutation(trpc.campaigns.duplicate.mutationOptions({ onSettled: refresh }))

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
            const wait = waiting > 0 ? ` ${formatOf(waiting, 'mail')} ${waiting === 1 ? 'waits' : 'wait'}.` : ''
            notifyDone(`Paused.${wait}${runs ? ' No source is asked until it is resumed.' : ''}`, {
              undo: () => undoPause(id),
            })
          },
          onError: refuse,
        },
      ),
    duplicate: ({ id }: { id: string }) =>
      duplicate.mutate(
        { campaignId: id },
        {
          onSuccess: (copy) => {
            notifyDone('Duplicated as a draft.', { description: 'Nothing is sent until you start it.' })
            router.push(editHref(copy.id))
          },
          onError: refuse,
        },
      ),
  }
}
