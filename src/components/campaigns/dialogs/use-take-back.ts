'use client'

import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-actions'

/** Takes a planned start back; the page of what is a draft again leads to its editor by itself. */
export function useTakeBack(campaignId: string) {
  const refresh = useRefreshCampaigns()
  const schedule = api.campaigns.schedule.useMutation({ onSettled: refresh })
  return () =>
    schedule.mutate(
      { campaignId, startAt: null },
      {
        onSuccess: () => notifyDone('The start is taken back: this is a draft again.'),
        onError: (error) => notifyFailed(messageOf(error)),
      },
    )
}
