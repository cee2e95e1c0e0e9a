'use client'

import { useState } from 'react'
import { dayOf, endOfDay } from '@/components/time/local-time'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import { LastDayField } from './last-day-field'
import { useRefreshCampaigns } from './use-campaign-actions'

/** Changes until when the runs of a started campaign come. */
export function LastDayDialog({
  campaign,
  open,
  onOpenChange,
}: {
  campaign: { id: string; timezone: string; endDate: Date | null }
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { id: campaignId, timezone } = campaign
  const refresh = useRefreshCampaigns()
  const update = api.campaigns.update.useMutation({ onSettled: refresh })
  const [chosen, setChosen] = useState<string | null>(null)
  const day = chosen ?? (campaign.endDate ? dayOf(campaign.endDate, timezone) : '')
  const change = (next: boolean) => {
    update.reset()
    setChosen(null)
    onOpenChange(next)
  }
  const confirm = () =>
    update.mutate(
      { campaignId, patch: { endDate: day === '' ? null : endOfDay(day, timezone) } },
      {
        onSuccess: () => {
          change(false)
          notifyDone(day === '' ? 'Runs come without an end.' : 'The last day is changed.')
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title="Until when should runs come?"
      confirmLabel="Save"
      pending={update.isPending}
      error={update.error ? messageOf(update.error) : undefined}
      onConfirm={confirm}
    >
      <LastDayField day={day} timezone={timezone} onChange={setChosen} />
      <p>A run under way goes on, and emails to leads that were found leave as planned.</p>
    </ConfirmDialog>
  )
}
