import type { Metadata } from 'next'
import { NewCampaign } from '@/components/campaigns/editor/new-campaign'

export const metadata: Metadata = { title: 'New campaign' }

export default function Page() {
  return <NewCampaign />
}
