import type { Metadata } from 'next'
import { LeadPage } from '@/components/leads/lead/lead-page'

export const metadata: Metadata = { title: 'Lead' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <LeadPage id={(await params).id} />
}
