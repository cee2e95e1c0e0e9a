import { type ConversationFilter, countConversations as countOf } from '@/db/queries/inbox/select-conversations'
import { type InboxReading, selectInboxReading } from '@/db/queries/inbox/select-inbox-reading'
import { reachOfSearch } from '@/db/queries/leads/search-leads'
import type { Deps } from '@/deps'
import { SCOPES, type Scope } from '@/domain/inbox/conversation'
import { type BoundedCount, boundedCount } from '@/domain/lists/place'

export type ConversationCounts = {
  /** Null where no mailbox was ever read: nobody knows then who has written. */
  counts: Record<Scope, BoundedCount> | null
  reading: Omit<InboxReading, 'hasConversations'>
}

/** How many conversations stand in each scope, of those that match. */
export async function countConversations(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  asked: Omit<ConversationFilter, 'searchAll'>,
): Promise<ConversationCounts> {
  const { hasConversations, ...reading } = (await selectInboxReading(sql)) ?? NO_MAILBOX
  if (reading.read === 0 && !hasConversations) return { counts: null, reading }
  const { searchAll } = await reachOfSearch(sql, asked.search, 'conversations')
  const now = clock.now()
  const found = await countOf(sql, { ...asked, searchAll }, { scopes: SCOPES, now })
  const counts = Object.fromEntries(found.map(({ scope, count }) => [scope, boundedCount(count)]))
  return { counts: counts as Record<Scope, BoundedCount>, reading }
}

const NO_MAILBOX: InboxReading = { mailboxes: 0, withWayIn: 0, read: 0, hasConversations: false }
