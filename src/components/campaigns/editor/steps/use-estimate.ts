import { api } from '@/trpc/react'

/** How many people or companies fit, asked of the sources that say so for free; kept for five minutes. */
export const useEstimate = (campaignId: string, { enabled }: { enabled: boolean }) =>
  api.campaigns.estimate.useQuery({ campaignId }, { enabled, staleTime: 300_000, retry: false })

export type EstimateQuery = ReturnType<typeof useEstimate>
