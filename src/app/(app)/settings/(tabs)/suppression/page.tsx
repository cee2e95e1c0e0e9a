import type { Metadata } from 'next'
import { SuppressionPage } from '@/components/settings/suppression/suppression-page'

export const metadata: Metadata = { title: 'Suppression' }

export default function Page() {
  return <SuppressionPage />
}
