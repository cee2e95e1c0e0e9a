import { Prisma } from '@/db/generated/client'
import { query, queryCount, queryOne, type Sql } from '@/db/sql'
import type { LeadSort } from '@/domain/lead/sorts'
import type { LeadStatus } from '@/domain/lead/status'
import { type BoundedCount, boundedCount, COUNTED_AT_MOST, type PageRead, type SortedBy } from '@/domain/lists/place'
import { isFound, searchedLeads } from './search-leads'
import { isUnused } from './unused'

export type LeadFilter = {
  search?: string | undefined
  /** The search may look at all leads, not at the newest alone. */
  searchAll: boolean
  /** So few leads match that they are collected first, and then sorted. */
  few?: boolean | undefined
  statuses?: readonly string[] | undefined
  batchId?: string | undefined
  /** Where they came from: "csv", "manual", or a lead source. */
  source?: string | undefined
  /** Days, in UTC, on which they were added: "2026-03-02". */
  addedFrom?: string | undefined
  addedTo?: string | undefined
  /** Only those that are in no batch, or no other than `batchId`, were never emailed or planned for, and have not written. */
  unused?: boolean | undefined
}

/** Only of those that no search and no such filter narrows the database keeps the counts. */
export const isNarrowed = ({ search, source, addedFrom, addedTo, unused }: Omit<LeadFilter, 'searchAll'>): boolean =>
  Boolean(search || unused || hasOrigin({ source, addedFrom, addedTo }))

type Origin = Pick<LeadFilter, 'source' | 'addedFrom' | 'addedTo'>
/** Whether leads of a source, or of some days, are asked for. */
export const hasOrigin = ({ source, addedFrom, addedTo }: Origin) => Boolean(source || addedFrom || addedTo)

type Order = SortedBy & { column: string; type: 'text' | 'int' | 'timestamptz'; canBeEmpty: boolean }

// Each an index. By arrival: their ids are in the order in which they came.
const ORDERS: Record<Exclude<LeadSort, 'created'>, Order> = {
  email: { column: 'l.email', type: 'text', value: 'text', canBeEmpty: false },
  // Folded: by code points Ä stands beside A, on every server.
  company: { column: 'l.company_key COLLATE "C"', type: 'text', value: 'text', canBeEmpty: true },
  contact: { column: 'l.contact_key COLLATE "C"', type: 'text', value: 'text', canBeEmpty: true },
  status: { column: 'a.status', type: 'text', value: 'text', canBeEmpty: false },
  lastContacted: { column: 'a.last_contacted_at', type: 'timestamptz', value: 'time', canBeEmpty: true },
  emailsSent: { column: 'a.emails_sent', type: 'int', value: 'integer', canBeEmpty: false },
}

// Of one source, or of some days: what finds them has them in this order.
const ADDED: Order = { column: 'l.created_at', type: 'timestamptz', value: 'time', canBeEmpty: false }

const orderOf = (sort: LeadSort, filter: Origin): Order | null =>
  sort === 'created' ? (hasOrigin(filter) ? ADDED : null) : ORDERS[sort]

/** What the places of a list name, by its sort and its filter. */
export const sortedBy = (sort: LeadSort, filter: Origin): SortedBy => orderOf(sort, filter) ?? { value: 'none' }

export type LeadRow = {
  id: string
  email: string
  companyName: string | null
  contactName: string | null
  jobTitle: string | null
  city: string | null
  country: string | null
  status: LeadStatus
  source: string
  emailsSent: number
  lastContactedAt: Date | null
  createdAt: Date
  /** Of the custom fields that are asked for; null where none is. */
  custom: Record<string, string> | null
  /** What it is sorted by; null where that is its arrival, or where it has no such value. */
  sortedBy: string | number | null
}

type Part = { filled: boolean } & PageRead

/**
 * Leads that match, from a place on or back. Empty fields stand last in either direction of the sort: where some may be, they
 * are a second part of the list.
 */
export async function selectLeads(
  sql: Sql,
  filter: LeadFilter,
  {
    sort,
    descending,
    customFields = [],
    ...read
  }: { sort: LeadSort; descending: boolean; customFields?: readonly string[] } & PageRead,
): Promise<LeadRow[]> {
  const order = orderOf(sort, filter)
  if (!order?.canBeEmpty)
    return selectPart(sql, filter, { order, descending, customFields, part: { ...read, filled: true } })
  const parts = read.onwards ? [true, false] : [false, true]
  const begin = read.from ? parts.indexOf(read.from.value !== null) : 0
  const found: LeadRow[] = []
  for (const [index, filled] of parts.entries()) {
    if (index < begin || found.length >= read.limit) continue
    const part: Part = { ...read, filled, from: index === begin ? read.from : null, limit: read.limit - found.length }
    found.push(...(await selectPart(sql, filter, { order, descending, customFields, part })))
  }
  return found
}

function selectPart(
  sql: Sql,
  filter: LeadFilter,
  {
    order,
    descending,
    customFields,
    part,
  }: { order: Order | null; descending: boolean; customFields: readonly string[]; part: Part },
) {
  const ascending = descending !== part.onwards
  const direction = Prisma.raw(ascending ? 'ASC' : 'DESC')
  const beyond = Prisma.raw(ascending ? '>' : '<')
  const column = order && part.filled ? Prisma.raw(order.column) : null
  const id = Prisma.raw(idFor(filter, order))
  const conditions = filter.few ? [] : conditionsOf(filter)
  if (order?.canBeEmpty)
    conditions.push(Prisma.sql`${Prisma.raw(order.column)} IS ${Prisma.raw(part.filled ? 'NOT NULL' : 'NULL')}`)
  if (part.from)
    conditions.push(
      column && order
        ? Prisma.sql`(${column}, ${id}) ${beyond} (${String(part.from.value)}::${Prisma.raw(order.type)}, ${part.from.id}::uuid)`
        : Prisma.sql`${id} ${beyond} ${part.from.id}::uuid`,
    )
  const sortedBy = column ? Prisma.sql`(${column})::text` : Prisma.sql`NULL`
  const rest = Prisma.sql`${where(conditions)}
  ORDER BY ${column ? Prisma.sql`${column} ${direction}, ${id} ${direction}` : Prisma.sql`${id} ${direction}`}
  LIMIT ${part.limit}`
  // By arrival the page is known before any lead is read: the server would read all others on the way to the batch's.
  if (!order && !filter.search && (filter.batchId || filter.statuses?.length))
    return query<LeadRow>(sql)`
  SELECT ${columns(customFields)}, NULL AS "sortedBy" FROM (SELECT ${id} AS id FROM ${beside(filter)} ${rest}) page JOIN leads l ON l.id = page.id
  ORDER BY l.id ${direction}`
  return query<LeadRow>(sql)`
  SELECT ${columns(customFields)}, ${sortedBy} AS "sortedBy" FROM ${filter.few ? collected(filter, order) : sources(filter, order)} ${rest}`
}

const columns = (
  customFields: readonly string[],
) => Prisma.sql`l.id, l.email, l.company_name AS "companyName", l.contact_name AS "contactName",
  l.job_title AS "jobTitle", l.city, l.country, l.status, l.source, l.emails_sent AS "emailsSent",
  l.last_contacted_at AS "lastContactedAt", l.created_at AS "createdAt", ${customFields.length > 0 ? customOf(customFields) : Prisma.sql`NULL`} AS custom`

const customOf = (names: readonly string[]) => Prisma.sql`(
  SELECT COALESCE(jsonb_object_agg(f.key, f.value) FILTER (WHERE f.value IS NOT NULL), '{}')
  FROM jsonb_each_text(CASE jsonb_typeof(l.custom_fields) WHEN 'object' THEN l.custom_fields ELSE '{}' END) f
  WHERE f.key = ANY(${[...names]}::text[]))`

/** What is kept beside the leads, of those of the batch and the statuses. */
const beside = ({ batchId, statuses }: LeadFilter) =>
  !batchId
    ? Prisma.sql`lead_activity a`
    : statuses?.length
      ? Prisma.sql`batch_leads bl JOIN lead_activity a ON a.lead_id = bl.lead_id AND bl.batch_id = ${batchId}::uuid`
      : Prisma.sql`(SELECT lead_id FROM batch_leads WHERE batch_id = ${batchId}::uuid) bl`

// Of the table whose index brings the leads: the server carries equality over a join, not "after this one".
function idFor({ few, search, statuses, batchId }: LeadFilter, order: Order | null): string {
  if (order) return order.column.startsWith('a.') ? 'a.lead_id' : 'l.id'
  if (few || search) return 'l.id'
  if (statuses?.length) return 'a.lead_id'
  return batchId ? 'bl.lead_id' : 'l.id'
}

/** Counts of the leads that match, by status, of at most one more than lists count. */
export const countFoundByStatus = (sql: Sql, filter: LeadFilter) =>
  query<{ status: LeadStatus; count: number }>(sql)`
  SELECT status, count(*)::int AS count
  FROM (SELECT l.status FROM ${sources(filter, null)} ${where(conditionsOf(filter))} LIMIT ${COUNTED_AT_MOST + 1}) found
  GROUP BY status`

/** Count of the leads that match, up to one more than lists count. */
export const countFound = (sql: Sql, filter: LeadFilter) =>
  queryCount(sql)`
  SELECT count(*)::int AS count
  FROM (SELECT 1 FROM ${sources(filter, null)} ${where(conditionsOf(filter))} LIMIT ${COUNTED_AT_MOST + 1}) found`

/** Leads of a source or of some days that are looked at, at the most, for how many of them have a status. */
export const LOOKED_AT_FOR_STATUS = 10_000

/**
 * Count of the leads of a source or of some days that match, among the first 10,000 that match but for their status; `more`: there are
 * others, which were not looked at. No index knows both.
 */
export const countOfStatus = async (sql: Sql, { statuses = [], ...filter }: LeadFilter): Promise<BoundedCount> => {
  const counted = await queryOne<{ count: number; looked: number }>(sql)`
  SELECT count(*) FILTER (WHERE status = ANY(${[...statuses]}::text[]))::int AS count, count(*)::int AS looked
  FROM (SELECT l.status FROM ${sources(filter, null)} ${where(conditionsOf(filter))} LIMIT ${LOOKED_AT_FOR_STATUS + 1}) looked`
  const { count, looked } = counted ?? { count: 0, looked: 0 }
  const { total, more } = boundedCount(count)
  return { total, more: more || looked > LOOKED_AT_FOR_STATUS }
}

/** Fragment: the ids of all leads that match. */
export const matchingLeads = (filter: LeadFilter) =>
  Prisma.sql`SELECT l.id FROM ${sources(filter, null)} ${where(conditionsOf(filter))}`

/**
 * All leads that match, as they were read for it, and only then, lead by lead, what they are sorted by where that stands beside them: a
 * join would go along that sort and compare each lead on the way with all that match.
 */
const collected = (filter: LeadFilter, order: Order | null) => Prisma.sql`(
    SELECT l.* FROM ${sources(filter, null)} ${where(conditionsOf(filter))} OFFSET 0) l
  ${order?.column.startsWith('a.') ? Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM lead_activity WHERE lead_id = l.id OFFSET 0) a` : Prisma.empty}`

function sources({ searchAll, statuses, batchId }: LeadFilter, order: Order | null): Prisma.Sql {
  const activity = statuses?.length || order?.column.startsWith('a.')
  return Prisma.sql`${searchedLeads(searchAll)}
  ${activity ? Prisma.sql`JOIN lead_activity a ON a.lead_id = l.id` : Prisma.empty}
  ${batchId ? Prisma.sql`JOIN batch_leads bl ON bl.lead_id = l.id AND bl.batch_id = ${batchId}::uuid` : Prisma.empty}`
}

function conditionsOf({ search, statuses, batchId, source, addedFrom, addedTo, unused }: LeadFilter): Prisma.Sql[] {
  const [status] = statuses ?? []
  const isOfStatus =
    statuses?.length === 1
      ? Prisma.sql`a.status = ${status}`
      : Prisma.sql`a.status = ANY(${[...(statuses ?? [])]}::text[])`
  return [
    ...(statuses?.length ? [isOfStatus] : []),
    ...(source ? [Prisma.sql`l.source = ${source}`] : []),
    ...(addedFrom ? [Prisma.sql`l.created_at >= ${addedFrom}::date::timestamp AT TIME ZONE 'UTC'`] : []),
    ...(addedTo ? [Prisma.sql`l.created_at < (${addedTo}::date + 1)::timestamp AT TIME ZONE 'UTC'`] : []),
    ...(unused ? [isUnused(batchId)] : []),
    ...isFound(search),
  ]
}

const where = (conditions: readonly Prisma.Sql[]) =>
  conditions.length ? Prisma.sql`WHERE ${Prisma.join([...conditions], ' AND ')}` : Prisma.empty
