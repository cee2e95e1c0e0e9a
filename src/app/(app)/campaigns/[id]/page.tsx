import type { Metadata } from 'next'
import { CampaignPage } from '@/components/campaigns/detail/campaign-page'

export const metadata: Metadata = { title: 'Campaign' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <CampaignPage campaignId={(await params).id} />
}
