import type { Metadata } from 'next'
import { ActsPage } from '@/components/leads/mass/acts-page'

export const metadata: Metadata = { title: 'Bulk actions' }

export default function Page() {
  return <ActsPage />
}
