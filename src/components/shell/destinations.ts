import {
  FileText,
  FlaskConical,
  Inbox,
  ListOrdered,
  type LucideIcon,
  Megaphone,
  Settings,
  UsersRound,
} from 'lucide-react'
import { routes } from '@/routes'

export type Destination = { href: string; label: string; icon: LucideIcon }

/** Where the product goes, in the order of the navigation. */
export const DESTINATIONS: readonly Destination[] = [
  { href: routes.campaigns(), label: 'Campaigns', icon: Megaphone },
  { href: routes.leads(), label: 'Leads', icon: UsersRound },
  { href: routes.templates, label: 'Templates', icon: FileText },
  { href: routes.workflows, label: 'Workflows', icon: ListOrdered },
  { href: routes.inbox(), label: 'Inbox', icon: Inbox },
  { href: routes.sandbox(), label: 'Sandbox', icon: FlaskConical },
  { href: routes.settings, label: 'Settings', icon: Settings },
]

/** Whether a path is a destination or lies below it. */
export const isWithin = (path: string, href: string) => path === href || path.startsWith(`${href}/`)
