'use client'

import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import type { Progress } from '../api-types'
import { stopQuestion, stopSentences } from './stop-text'
import { useRefreshCampaigns } from './use-campaign-actions'

/** Ends a campaign for good; says what is cancelled and what stays. */
export function StopDialog({
  campaign,
  progress,
  open,
  onOpenChange,
}: {
  campaign: { id: string; name: string }
  progress: Pick<Progress, 'ledger' | 'generation'>
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const refresh = useRefreshCampaigns()
  const stop = api.campaigns.stop.useMutation({ onSettled: refresh })
  const { ledger, generation } = progress
  const confirm = () =>
    stop.mutate(
      { campaignId: campaign.id },
      {
        onSuccess: ({ cancelled }) => {
          onOpenChange(false)
          const emails = formatOf(cancelled, 'planned email was', 'planned emails were')
          notifyDone(
            cancelled === 0 && generation ? 'Stopped. No further run begins.' : `Stopped. ${emails} cancelled.`,
          )
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        stop.reset()
        onOpenChange(next)
      }}
      title={stopQuestion(campaign.name, progress)}
      confirmLabel={ledger.pending > 0 ? `Stop and cancel ${formatOf(ledger.pending, 'email')}` : 'Stop campaign'}
      cancelLabel="Keep it"
      tone="danger"
      pending={stop.isPending}
      error={stop.error ? messageOf(stop.error) : undefined}
      onConfirm={confirm}
    >
      <p>{stopSentences(progress)}</p>
    </ConfirmDialog>
  )
}
