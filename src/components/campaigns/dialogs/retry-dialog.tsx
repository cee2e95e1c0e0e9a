'use client'

import { useEffect } from 'react'
import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import type { CampaignStatus } from '@/domain/campaign/state'
import { api, messageOf } from '@/trpc/react'
import { leftOutSentence, retryTitle } from './retry-text'
import { useRefreshCampaigns } from './use-campaign-actions'

/** Puts failed emails back: the chosen ones, or all of the campaign. Those that cannot work are left out, and counted first. */
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
  const preview = api.campaigns.retryFailed.useMutation()
  const ask = preview.mutate
  const chosen = ids?.join()
  useEffect(() => {
    if (open) ask({ campaignId: campaign.id, dryRun: true, ...(chosen ? { ids: chosen.split(',') } : {}) })
  }, [open, campaign.id, chosen, ask])
  const can = preview.data?.reopened
  const leftOut = preview.data?.leftOut ?? []
  const confirm = () =>
    retry.mutate(
      { campaignId: campaign.id, ...(ids ? { ids } : {}) },
      {
        onSuccess: ({ reopened, leftOut: left }) => {
          onOpenChange(false)
          notifyDone(
            `${formatOf(reopened, 'email')} planned again.`,
            left.length > 0 ? { description: leftOutSentence(left) } : undefined,
          )
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
      title={retryTitle(count, can, leftOut)}
      confirmLabel={`Retry ${formatOf(can ?? count, 'email')}`}
      disabled={!can}
      pending={retry.isPending}
      error={retry.error || preview.error ? messageOf(retry.error ?? preview.error) : undefined}
      onConfirm={confirm}
    >
      {leftOut.length > 0 && <p>{leftOutSentence(leftOut)}</p>}
      {can !== 0 && <WhatFollows status={campaign.status} />}
    </ConfirmDialog>
  )
}

function WhatFollows({ status }: { status: CampaignStatus }) {
  const over = status === 'completed' || status === 'failed'
  return (
    <>
      <p>
        They are planned anew with all their attempts, together with later steps that were skipped because of them.
        Windows, limits and pace hold as ever.
      </p>
      {over && <p>The campaign runs again and takes its batches back, if no other campaign holds them.</p>}
      {status === 'paused' && <p>The campaign stays paused; they leave after it is resumed.</p>}
    </>
  )
}
