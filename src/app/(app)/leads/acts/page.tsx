import type { Metadata } from 'next'
import { ActsPage } from '@/components/leads/mass/acts-page'

export const metadata: Metadata = { title: 'Acts on many leads' }

export default function Page() {
  return <ActsPage />
}
