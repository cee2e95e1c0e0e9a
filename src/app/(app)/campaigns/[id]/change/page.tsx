import type { Metadata } from 'next'
import { ChangePage } from '@/components/campaigns/change/change-page'

export const metadata: Metadata = { title: 'Change a campaign' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ChangePage campaignId={(await params).id} />
}
