import { FileText, Inbox, ListOrdered, type LucideIcon, Megaphone, Settings, UsersRound } from 'lucide-react'

export type Destination = { href: string; label: string; icon: LucideIcon }

/** Where the product goes, in the order of the navigation. */
export const DESTINATIONS: readonly Destination[] = [
  { href: '/campaigns', label: 'Campaigns', icon: Megaphone },
  { href: '/leads', label: 'Leads', icon: UsersRound },
  { href: '/templates', label: 'Templates', icon: FileText },
  { href: '/workflows', label: 'Workflows', icon: ListOrdered },
  { href: '/inbox', label: 'Inbox', icon: Inbox },
  { href: '/settings', label: 'Settings', icon: Settings },
]

/** Whether a path is a destination or lies below it. */
export const isWithin = (path: string, href: string) => path === href || path.startsWith(`${href}/`)
