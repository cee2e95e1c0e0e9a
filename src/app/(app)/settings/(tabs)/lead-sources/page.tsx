import type { Metadata } from 'next'
import { LeadSourcesPage } from '@/components/settings/lead-sources/lead-sources-page'

export const metadata: Metadata = { title: 'Lead sources' }

export default function Page() {
  return <LeadSourcesPage />
}
