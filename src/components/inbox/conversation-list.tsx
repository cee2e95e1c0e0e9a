'use client'

import { AlarmClock, UserRound } from 'lucide-react'
import Link from 'next/link'
import { kindWords } from '@/components/leads/lead/received-text'
import { Chip } from '@/components/ui/chip'
import { cn } from '@/components/ui/class-names'
import { Time, TimeAgo } from '@/components/ui/time'
import { correspondentWords } from '@/domain/inbox/correspondent'
import type { ListedConversation } from './api-types'
import { INTEREST_WORDS } from './inbox-text'

type ListProps = {
  rows: readonly ListedConversation[]
  openId: string | null
  hrefOf: (query: { id: string }) => string
  zone: string
  /** What a row shows, beside whom it is with and when. */
  keys: readonly string[]
}

/** Puts the focus into the open conversation. */
export const goIntoConversation = () => document.getElementById('conversation')?.focus()

/** One conversation below the other, the latest message first. */
export function ConversationList({ rows, openId, hrefOf, zone, keys }: ListProps) {
  return (
    <ol aria-label="Conversations" className="divide-y">
      {rows.map((row) => (
        <Row key={row.id} row={row} isOpen={row.id === openId} href={hrefOf({ id: row.id })} zone={zone} keys={keys} />
      ))}
    </ol>
  )
}

type RowProps = Pick<ListProps, 'zone' | 'keys'> & { row: ListedConversation; isOpen: boolean; href: string }

function Row({ row, isOpen, href, zone, keys }: RowProps) {
  const isOurs = row.lastOutAt !== null && (row.lastInAt === null || row.lastOutAt > row.lastInAt)
  return (
    <li className="[contain-intrinsic-size:auto_84px] [content-visibility:auto]">
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        aria-current={isOpen ? 'true' : undefined}
        // By a key, what is open already is gone into.
        onClick={({ detail }) => isOpen && detail === 0 && goIntoConversation()}
        data-conversation={row.id}
        className={cn(
          '-outline-offset-2 grid gap-0.5 border-l-2 py-2.5 pr-3.5 pl-3',
          isOpen ? 'border-accent bg-sunken' : 'border-transparent hover:bg-sunken/60',
        )}
      >
        <span className="flex items-baseline gap-2">
          <span className={cn('min-w-0 flex-1 truncate text-control', row.isUnread ? 'font-semibold' : 'font-medium')}>
            {row.isUnread && (
              <span className="mr-1.5 inline-block size-2 rounded-full bg-accent">
                <span className="sr-only">Unread: </span>
              </span>
            )}
            {correspondentWords(row)}
          </span>
          <span className={cn('shrink-0 text-caption', isOpen ? 'text-ink-2' : 'text-ink-3')}>
            <TimeAgo at={row.lastMessageAt} zone={zone} everyMs={60_000} />
          </span>
        </span>
        {keys.includes('subject') && (
          <span className="truncate text-caption text-ink">{row.subject || 'No subject'}</span>
        )}
        {keys.includes('excerpt') && (
          <span className={cn('truncate text-caption', isOpen ? 'text-ink-2' : 'text-ink-3')}>
            {isOurs ? 'We: ' : ''}
            {row.excerpt || 'No text'}
          </span>
        )}
        {keys.includes('marks') && <Marks row={row} zone={zone} />}
      </Link>
    </li>
  )
}

function Marks({ row, zone }: { row: ListedConversation; zone: string }) {
  const kind = row.lastInKind !== null && row.lastInKind !== 'human' ? kindWords(row.lastInKind) : null
  if (!kind && !row.interest && !row.assigneeName && !row.snoozedUntil && !row.isWaiting) return null
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {row.isWaiting && <Chip tone="accent">Waiting for us</Chip>}
      {kind && (
        <Chip tone={kind.tone} icon={kind.icon}>
          {kind.word}
        </Chip>
      )}
      {row.interest && (
        <Chip tone={row.interest === 'interested' ? 'sent' : 'neutral'}>{INTEREST_WORDS[row.interest].label}</Chip>
      )}
      {row.snoozedUntil && (
        <Chip icon={AlarmClock}>
          <Time at={row.snoozedUntil} zone={zone} zoneSaid />
        </Chip>
      )}
      {row.assigneeName && <Chip icon={UserRound}>{row.assigneeName}</Chip>}
    </span>
  )
}
