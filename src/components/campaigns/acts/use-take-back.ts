'use client'

import { useMutation } from '@tanstack/react-query'
import { notifyDone, notifyFailed } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-acts'

/** Takes a planned start back; the page of what is a draft again leads to its editor by itself. */
export function useTakeBack(campaignId: string) {
  const trpc = useTRPC()
  const refresh = useRefreshCampaigns()
  const schedule = useMutation(trpc.campaigns.schedule.mutationOptions({ onSettled: refresh }))
  return () =>
    schedule.mutate(
      { campaignId, startAt: null },
      {
        onSuccess: () => notifyDone('The start is taken back: this is a draft again.'),
        onError: (error) => notifyFailed(messageOf(error)),
      },
    )
}
