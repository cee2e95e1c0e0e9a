import type { Metadata } from 'next'
import { ImportPage } from '@/components/leads/import/import-page'

export const metadata: Metadata = { title: 'Import leads' }

export default function Page() {
  return <ImportPage />
}
