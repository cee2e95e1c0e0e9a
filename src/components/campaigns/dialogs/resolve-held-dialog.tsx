'use client'

import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-actions'

export type HeldChoice = 'delivered' | 'again'

const WORDS: Record<
  HeldChoice,
  { title: (emails: string) => string; confirm: (emails: string) => string; meaning: string; done: string }
> = {
  delivered: {
    title: (emails) => `Treat ${emails} as delivered?`,
    confirm: (emails) => `Treat ${emails} as delivered`,
    meaning:
      'They count as sent, and the later steps go on as planned. If one was not delivered after all, that lead misses one email.',
    done: 'treated as delivered.',
  },
  again: {
    title: (emails) => `Send ${emails} again?`,
    confirm: (emails) => `Send ${emails} again`,
    meaning:
      'They are planned anew under the same Message-ID. If one was delivered after all, that lead gets it twice.',
    done: 'planned again.',
  },
}

/** Decides emails whose delivery is unknown: the chosen ones, or all of the campaign. */
export function ResolveHeldDialog({
  campaignId,
  count,
  ids,
  choice,
  onClose,
  onDone,
}: {
  campaignId: string
  count: number
  ids?: string[] | undefined
  /** null: closed. */
  choice: HeldChoice | null
  onClose: () => void
  onDone?: () => void
}) {
  const refresh = useRefreshCampaigns()
  const resolve = api.campaigns.resolveHeld.useMutation({ onSettled: refresh })
  const words = WORDS[choice ?? 'delivered']
  const emails = formatOf(count, 'held email')
  const confirm = () => {
    if (!choice) return
    resolve.mutate(
      { campaignId, choice, ...(ids ? { ids } : {}) },
      {
        onSuccess: ({ resolved, ended }) => {
          onClose()
          const rest = ended > 0 ? ` ${formatOf(ended, 'email')} not: the sequence has ended.` : ''
          notifyDone(`${formatOf(resolved, 'email')} ${words.done}${rest}`)
          onDone?.()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      open={choice !== null}
      onOpenChange={(open) => {
        resolve.reset()
        if (!open) onClose()
      }}
      title={words.title(emails)}
      confirmLabel={words.confirm(formatOf(count, 'email'))}
      pending={resolve.isPending}
      error={resolve.error ? messageOf(resolve.error) : undefined}
      onConfirm={confirm}
    >
      <p>{words.meaning}</p>
    </ConfirmDialog>
  )
}
