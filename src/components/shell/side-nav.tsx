'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Brand } from '@/components/brand'
import { NotificationsLink } from '@/components/notifications/notifications-link'
import { cn } from '@/components/ui/class-names'
import { routes } from '@/routes'
import { DESTINATIONS, isWithin } from './destinations'
import { HealthBox } from './health-box'
import { PaletteButton } from './palette/palette-button'
import { SimulatedClock } from './simulated-clock'
import { UserMenu, type UserMenuProps } from './user-menu'
import { WaitingCount } from './waiting-count'

/** The navigation of a wide screen. */
export function SideNav({ user }: UserMenuProps) {
  const path = usePathname()
  return (
    <header className="hidden w-[216px] shrink-0 border-r md:block">
      <div className="sticky top-0 flex h-dvh flex-col gap-2 overflow-y-auto px-3 py-4">
        <div className="flex items-center justify-between pb-2">
          <Link href={routes.campaigns()} className="rounded-small py-1 pl-2">
            <Brand className="gap-2" />
          </Link>
          <NotificationsLink />
        </div>
        <PaletteButton />
        <nav aria-label="Main">
          <ul className="grid gap-0.5">
            {DESTINATIONS.map(({ href, label, icon: Icon }) => {
              const open = isWithin(path, href)
              return (
                <li key={href}>
                  <Link
                    href={href}
                    aria-current={open ? 'page' : undefined}
                    className={cn(
                      'flex min-h-8 items-center gap-2.5 rounded-small px-2 font-medium text-control pointer-coarse:min-h-10',
                      open ? 'bg-sunken text-ink' : 'text-ink-2 hover:bg-sunken/60 hover:text-ink',
                    )}
                  >
                    <Icon aria-hidden className="size-4 opacity-85" />
                    {label}
                    {href === routes.inbox() && <WaitingCount className="ml-auto" />}
                  </Link>
                </li>
              )
            })}
          </ul>
        </nav>
        <div className="mt-auto grid gap-2">
          <SimulatedClock />
          <UserMenu user={user} side="top" />
          <HealthBox />
        </div>
      </div>
    </header>
  )
}
