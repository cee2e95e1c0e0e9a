'use client'

import { useMutation } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { formatOf } from '@/components/ui/numbers'
import { notifyDone } from '@/components/ui/toast'
import type { Ledger } from '@/domain/campaign/progress'
import { messageOf, useTRPC } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-acts'

/** Ends a campaign for good; says what is cancelled and what stays. */
export function StopDialog({
  campaign,
  ledger,
  open,
  onOpenChange,
}: {
  campaign: { id: string; name: string }
  ledger: Ledger
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const trpc = useTRPC()
  const refresh = useRefreshCampaigns()
  const stop = useMutation(trpc.campaigns.stop.mutationOptions({ onSettled: refresh }))
  const planned = formatOf(ledger.pending, 'planned mail')
  const confirm = () =>
    stop.mutate(
      { campaignId: campaign.id },
      {
        onSuccess: ({ cancelled }) => {
          onOpenChange(false)
          notifyDone(`Stopped. ${formatOf(cancelled, 'planned mail was', 'planned mails were')} cancelled.`)
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
      title={ledger.pending > 0 ? `Stop “${campaign.name}”? This cancels ${planned}.` : `Stop “${campaign.name}”?`}
      confirmLabel={ledger.pending > 0 ? `Stop and cancel ${formatOf(ledger.pending, 'mail')}` : 'Stop campaign'}
      cancelLabel="Keep it"
      tone="danger"
      pending={stop.isPending}
      error={stop.error ? messageOf(stop.error) : undefined}
      onConfirm={confirm}
    >
      <p>
        {ledger.planned === 0 && 'It has not started, so nothing was planned yet. '}
        {ledger.sent > 0 && `${formatOf(ledger.sent, 'mail')} already sent stay sent. `}
        {ledger.held > 0 && `${formatOf(ledger.held, 'held mail')} can still be decided. `}
        Its batches are free for other campaigns. A stopped campaign cannot be resumed; to only interrupt it, pause it.
      </p>
    </ConfirmDialog>
  )
}
