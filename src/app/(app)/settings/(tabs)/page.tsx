import type { Metadata } from 'next'
import { GeneralPage } from '@/components/settings/general/general-page'

export const metadata: Metadata = { title: 'Settings' }

export default function Page() {
  return <GeneralPage />
}
