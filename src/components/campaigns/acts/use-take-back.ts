'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { notifyDone, notifyFailed } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'
import { useRefreshCampaigns } from './use-campaign-acts'

/** Takes a planned start back, and goes on to the draft that it is again. */
export function useTakeBack(campaignId: string) {
  const trpc = useTRPC()
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const schedule = useMutation(trpc.campaigns.schedule.mutationOptions({ onSettled: refresh }))
  return () =>
    schedule.mutate(
      { campaignId, startAt: null },
      {
        onSuccess: () => {
          notifyDone('The start is taken back: this is a draft again.')
          router.push(`/campaigns/${campaignId}/edit?step=review`)
        },
        onError: (error) => notifyFailed(messageOf(error)),
      },
    )
}
