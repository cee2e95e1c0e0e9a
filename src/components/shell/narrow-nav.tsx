'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Brand } from '@/components/brand'
import { NotificationsLink } from '@/components/notifications/notifications-link'
import { cn } from '@/components/ui/class-names'
import { Menu } from '@/components/ui/overlays/menu'
import { routes } from '@/routes'
import { DESTINATIONS, isWithin } from './destinations'
import { HealthWord } from './health-box'
import { PaletteButton } from './palette/palette-button'
import { SimulatedClock } from './simulated-clock'
import { UserMenu, type UserMenuProps } from './user-menu'
import { WaitingCount } from './waiting-count'

// Of each day, and so under the thumb.
const DAILY: readonly string[] = [routes.campaigns(), routes.leads(), routes.inbox(), routes.templates]
const FIRST = DESTINATIONS.filter(({ href }) => DAILY.includes(href))
const REST = DESTINATIONS.filter(({ href }) => !DAILY.includes(href))

const place = (open: boolean) =>
  cn(
    'flex h-14 w-full flex-col items-center justify-center gap-0.5 font-medium text-caption -outline-offset-2',
    open ? 'text-ink [&_svg]:text-accent' : 'text-ink-2',
  )

/** Head of a narrow screen: the name, Sandbox or Live, the person. */
export function NarrowHead({ user }: UserMenuProps) {
  return (
    <header className="border-b md:hidden">
      <div className="flex h-12 items-center gap-3 px-4">
        <Link href={routes.campaigns()} className="rounded-small">
          <Brand tight />
        </Link>
        <span className="ml-auto flex items-center gap-1">
          <HealthWord />
          <PaletteButton compact />
          <NotificationsLink />
          <UserMenu user={user} side="bottom" compact />
        </span>
      </div>
      <SimulatedClock className="px-4 pb-2" />
    </header>
  )
}

/** The navigation of a narrow screen, under the thumb. */
export function BottomNav() {
  const path = usePathname()
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {FIRST.map(({ href, label, icon: Icon }) => {
          const open = isWithin(path, href)
          return (
            <li key={href}>
              <Link href={href} aria-current={open ? 'page' : undefined} className={place(open)}>
                <Icon aria-hidden className="size-[18px]" />
                <span>
                  {label}
                  {href === routes.inbox() && <WaitingCount />}
                </span>
              </Link>
            </li>
          )
        })}
        <li>
          <Menu
            label="More"
            side="top"
            items={REST.map(({ href, label, icon }) => ({ href, label, icon }))}
            trigger={
              <button type="button" className={place(REST.some(({ href }) => isWithin(path, href)))}>
                <Ellipsis aria-hidden className="size-[18px]" />
                More
              </button>
            }
          />
        </li>
      </ul>
    </nav>
  )
}
