import { CircleAlert, DatabaseBackup, type LucideIcon, MailX, Megaphone, Reply } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/components/ui/class-names'
import { TimeAgo } from '@/components/ui/time'
import { routes } from '@/routes'
import type { ApiOutputs } from '@/trpc/react'

type Row = ApiOutputs['notifications']['list']['rows'][number]

const ICONS: Record<Row['kind'], LucideIcon> = {
  reply: Reply,
  mailbox_stopped: CircleAlert,
  campaign_ended: Megaphone,
  bounce_rate: MailX,
  backup_failed: DatabaseBackup,
}

/** One thing that a person was told of; it leads to what it is about. */
export function NotificationItem({ row, zone, onOpen }: { row: Row; zone: string; onOpen: () => void }) {
  const Icon = ICONS[row.kind]
  return (
    <li className={cn('relative flex items-start gap-3 px-[18px] py-3', !row.isRead && 'bg-accent-soft/40')}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <Link
          href={ADDRESSES[row.about.what](row.about.id)}
          prefetch={false}
          onClick={() => !row.isRead && onOpen()}
          className={cn(
            "rounded-small after:absolute after:inset-0 after:content-[''] hover:underline",
            !row.isRead && 'font-semibold',
          )}
        >
          {row.title}
          {!row.isRead && <span className="sr-only"> (unread)</span>}
        </Link>
        {row.detail && <p className="line-clamp-3 text-caption text-ink-2">{row.detail}</p>}
        {emailWords(row) && <p className="text-caption text-ink-3">{emailWords(row)}</p>}
      </div>
      <span className="shrink-0 text-caption text-ink-3">
        <TimeAgo at={row.at} zone={zone} />
      </span>
    </li>
  )
}

const ADDRESSES: Record<Row['about']['what'], (id: string) => string> = {
  conversation: (id) => routes.inbox({ id }),
  lead: routes.lead,
  campaign: (id) => routes.campaign(id),
  mailbox: routes.mailbox,
  installation: () => routes.about,
}

// What went is seen where it arrived; what did not is seen nowhere else.
function emailWords({ email, emailFailure }: Row): string | null {
  if (email === 'due') return 'An email about it is on its way.'
  if (email === 'not_sent') return `No email was sent about it: ${emailFailure}`
  if (email === 'sending') return 'Nobody knows whether the email about it was sent. It is not sent again.'
  return null
}
