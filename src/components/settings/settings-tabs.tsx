'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '@/components/ui/tabs'
import { routes } from '@/routes'

const TABS = [
  { label: 'General', href: routes.settings },
  { label: 'Mailboxes', href: routes.mailboxes },
  { label: 'Lead sources', href: routes.leadSources },
  { label: 'Suppression', href: routes.suppression() },
  { label: 'Team', href: routes.team },
  { label: 'Audit log', href: routes.audit() },
  { label: 'About', href: routes.about },
]

export function SettingsTabs() {
  return <Tabs label="Settings" tabs={TABS} current={usePathname()} />
}
