'use client'

import { Bell } from 'lucide-react'
import Link from 'next/link'
import { useLive } from '@/components/hooks/use-live'
import { buttonStyle } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { routes } from '@/routes'
import { api } from '@/trpc/react'

const EVERY_MS = 60_000
const MOST_SHOWN = 99

/** The way to what a person is told of, with how many of it they have not read. */
export function NotificationsLink() {
  const utils = api.useUtils()
  useLive('notifications', () => void utils.notifications.invalidate())
  const unread = api.notifications.unread.useQuery(undefined, { refetchInterval: EVERY_MS }).data ?? 0
  const count = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : `${unread}`
  return (
    <Link
      href={routes.notifications()}
      prefetch={false}
      aria-label={unread > 0 ? `Notifications, ${count} unread` : 'Notifications'}
      title="Notifications"
      className={cn(buttonStyle({ variant: 'ghost', square: true }), 'relative')}
    >
      <Bell aria-hidden />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] text-accent-ink leading-4 tabular-nums"
        >
          {count}
        </span>
      )}
    </Link>
  )
}
