'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '@/components/ui/tabs'

const TABS = [
  { label: 'General', href: '/settings' },
  { label: 'Mailboxes', href: '/settings/mailboxes' },
  { label: 'Lead sources', href: '/settings/lead-sources' },
  { label: 'Suppression', href: '/settings/suppression' },
  { label: 'About', href: '/settings/about' },
]

export function SettingsTabs() {
  return <Tabs label="Settings" tabs={TABS} current={usePathname()} />
}
