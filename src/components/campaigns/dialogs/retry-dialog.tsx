'use client'

import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import type { CampaignStatus } from '@/domain/campaign/state'
import { api, messageOf } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-actions'

/** Puts failed emails back: the chosen ones, or all of the campaign. */
export function RetryDialog({
  campaign,
  count,
  ids,
  open,
  onOpenChange,
  onDone,
}: {
  campaign: { id: string; status: CampaignStatus }
  count: number
  /** Absent: all failed emails. */
  ids?: string[] | undefined
  open: boolean
  onOpenChange: (open: boolean) => void
  onDone?: () => void
}) {
  const refresh = useRefreshCampaigns()
  const retry = api.campaigns.retryFailed.useMutation({ onSettled: refresh })
  const over = campaign.status === 'completed' || campaign.status === 'failed'
  const confirm = () =>
    retry.mutate(
      { campaignId: campaign.id, ...(ids ? { ids } : {}) },
      {
        onSuccess: ({ reopened }) => {
          onOpenChange(false)
          notifyDone(`${formatOf(reopened, 'email')} put back.`)
          onDone?.()
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        retry.reset()
        onOpenChange(next)
      }}
      title={`Try ${formatOf(count, 'failed email')} again?`}
      confirmLabel={`Retry ${formatOf(count, 'email')}`}
      pending={retry.isPending}
      error={retry.error ? messageOf(retry.error) : undefined}
      onConfirm={confirm}
    >
      <p>
        They are planned anew with all their attempts, together with later steps that were skipped because of them.
        Windows, limits and pace hold as ever.
      </p>
      {over && <p>The campaign runs again and takes its batches back, if no other campaign holds them.</p>}
      {campaign.status === 'paused' && <p>The campaign stays paused; they leave after it is resumed.</p>}
    </ConfirmDialog>
  )
}
