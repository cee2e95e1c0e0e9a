import type { Metadata } from 'next'
import { EditPage } from '@/components/campaigns/editor/edit-page'

export const metadata: Metadata = { title: 'Edit campaign' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EditPage campaignId={(await params).id} />
}
