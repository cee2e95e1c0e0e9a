import type { Metadata } from 'next'
import { NewCampaign } from '@/components/campaigns/draft/new-campaign'

export const metadata: Metadata = { title: 'New campaign' }

export default async function Page({ searchParams }: { searchParams: Promise<{ batch?: string | string[] }> }) {
  const { batch } = await searchParams
  return <NewCampaign batchId={typeof batch === 'string' ? batch : null} />
}
