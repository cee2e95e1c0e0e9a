import type { Metadata } from 'next'
import { AboutPage } from '@/components/settings/about/about-page'
import { version } from '../../../../../../package.json'

export const metadata: Metadata = { title: 'About' }

export default function Page() {
  return <AboutPage version={version} />
}
