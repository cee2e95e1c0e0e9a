import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { Interest } from '@/domain/conversation/interest'
import type { ReceivedKind } from '@/domain/conversation/received-kind'
import type { KeptScope, Scope } from '@/domain/inbox/conversation'
import { COUNTED_AT_MOST, type PageRead } from '@/domain/lists/place'
import { isFound, SEARCHED_WITHOUT_INDEX } from '../leads/search-leads'

export type ConversationFilter = {
  mailboxId?: string | undefined
  campaignId?: string | undefined
  /** Whose they are; null: nobody's. */
  assigneeId?: string | null | undefined
  search?: string | undefined
  /** The search may look at all conversations, not at the newest alone. */
  searchAll: boolean
}

export type ListedConversation = {
  id: string
  leadId: string | null
  leadName: string | null
  companyName: string | null
  correspondent: string
  correspondentName: string
  subject: string
  excerpt: string
  lastMessageAt: Date
  lastInAt: Date | null
  lastInKind: ReceivedKind | null
  lastOutAt: Date | null
  scope: KeptScope
  isWaiting: boolean
  isUnread: boolean
  snoozedUntil: Date | null
  interest: Interest | null
  assigneeName: string | null
  fromEmail: string
  campaignName: string | null
}

/** Conversations of a scope, the latest message first, from a place (its time is the value) on or back. */
export function selectConversations(
  sql: Sql,
  filter: ConversationFilter,
  { scope, now, few, ...read }: { scope: Scope; now: Date; few: boolean } & PageRead,
) {
  const { onwards, from, limit } = read
  const direction = Prisma.raw(onwards ? 'DESC' : 'ASC')
  const beyond = Prisma.raw(onwards ? '<' : '>')
  const place = from
    ? [Prisma.sql`(c.last_message_at, c.id) ${beyond} (${String(from.value)}::timestamptz, ${from.id}::uuid)`]
    : []
  const conditions = conditionsOf(filter, scope, now)
  // What a search finds is collected where it is little: the server would look through all others on the way to it.
  const source = few
    ? Prisma.sql`(SELECT c.id, c.last_message_at FROM ${searched(filter)} WHERE ${all(conditions)} OFFSET 0) c WHERE ${all(place)}`
    : Prisma.sql`${searched(filter)} WHERE ${all([...conditions, ...place])}`
  return query<ListedConversation>(sql)`
  SELECT c.id, c.lead_id AS "leadId", l.contact_name AS "leadName", l.company_name AS "companyName", c.correspondent,
         c.correspondent_name AS "correspondentName", c.subject, c.excerpt, c.last_message_at AS "lastMessageAt",
         c.last_in_at AS "lastInAt", c.last_in_kind AS "lastInKind", c.last_out_at AS "lastOutAt", c.scope, c.is_waiting AS "isWaiting",
         c.is_unread AS "isUnread", c.snoozed_until AS "snoozedUntil", c.interest, u.name AS "assigneeName",
         m.from_email AS "fromEmail", p.name AS "campaignName"
  FROM (SELECT c.id FROM ${source} ORDER BY c.last_message_at ${direction}, c.id ${direction} LIMIT ${limit}) page
  JOIN conversations c ON c.id = page.id JOIN mailboxes m ON m.id = c.mailbox_id
  LEFT JOIN leads l ON l.id = c.lead_id LEFT JOIN campaigns p ON p.id = c.campaign_id LEFT JOIN users u ON u.id = c.assignee_id
  ORDER BY c.last_message_at ${direction}, c.id ${direction}`
}

/**
 * Counts of the conversations of these scopes, each up to one more than lists count, in one trip. Without a search the latest are
 * counted: they stand in an index, where those of a rare scope would else be looked for among all others.
 */
export function countConversations(
  sql: Sql,
  filter: ConversationFilter,
  { scopes, now }: { scopes: readonly Scope[]; now: Date },
) {
  const order = filter.search ? Prisma.empty : Prisma.sql`ORDER BY c.last_message_at DESC, c.id DESC`
  const counts = scopes.map(
    (scope) => Prisma.sql`
  SELECT ${scope}::text AS scope, count(*)::int AS count
  FROM (SELECT 1 FROM ${searched(filter)} WHERE ${all(conditionsOf(filter, scope, now))} ${order} LIMIT ${COUNTED_AT_MOST + 1}) found`,
  )
  return query<{ scope: Scope; count: number }>(sql)`${Prisma.join(counts, ' UNION ALL ')}`
}

const MOST_CAMPAIGNS = 500

/** Campaigns whose emails were answered, by name. */
export const selectAnsweredCampaigns = (sql: Sql) =>
  query<{ id: string; name: string }>(sql)`
  SELECT id, name FROM campaigns p WHERE EXISTS (SELECT FROM conversations c WHERE c.campaign_id = p.id)
  ORDER BY lower(name), id LIMIT ${MOST_CAMPAIGNS}`

const searched = ({ searchAll }: ConversationFilter) =>
  searchAll
    ? Prisma.sql`conversations c`
    : Prisma.sql`(SELECT * FROM conversations ORDER BY last_message_at DESC, id DESC LIMIT ${SEARCHED_WITHOUT_INDEX}) c`

const conditionsOf = (
  { mailboxId, campaignId, assigneeId, search }: ConversationFilter,
  scope: Scope,
  now: Date,
): Prisma.Sql[] => [
  ...inScope(scope, now),
  ...(mailboxId ? [Prisma.sql`c.mailbox_id = ${mailboxId}::uuid`] : []),
  ...(campaignId ? [Prisma.sql`c.campaign_id = ${campaignId}::uuid`] : []),
  ...(assigneeId === null ? [Prisma.sql`c.assignee_id IS NULL`] : []),
  ...(assigneeId ? [Prisma.sql`c.assignee_id = ${assigneeId}`] : []),
  ...isFound(search, 'c'),
]

// As scopesOf has it; what waits or is put off stands in idx_conversations_waiting.
function inScope(scope: Scope, now: Date): Prisma.Sql[] {
  const isInSight = Prisma.sql`(c.snoozed_until IS NULL OR c.snoozed_until <= ${now})`
  const mayWait = Prisma.sql`c.scope <> 'done' AND (c.is_waiting OR c.snoozed_until IS NOT NULL)`
  switch (scope) {
    case 'everything':
      return []
    case 'done':
      return [Prisma.sql`c.scope = 'done'`]
    case 'waiting':
      return [mayWait, isInSight]
    case 'snoozed':
      return [mayWait, Prisma.sql`c.snoozed_until > ${now}`]
    default:
      return [Prisma.sql`c.scope = ${scope}`, isInSight]
  }
}

const all = (conditions: readonly Prisma.Sql[]) =>
  conditions.length > 0 ? Prisma.join([...conditions], ' AND ') : Prisma.sql`TRUE`
