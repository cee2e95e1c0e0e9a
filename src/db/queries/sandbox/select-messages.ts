import { Prisma } from '@/db/generated/client'
import { contains, literalPattern } from '@/db/literal-pattern'
import { query, queryCount, type Sql } from '@/db/sql'
import { COUNTED_AT_MOST, type PageRead } from '@/domain/lists/place'

export type SandboxRow = { id: string; fromEmail: string; toEmail: string; subject: string; receivedAt: Date }

// Each part by idx_sandbox_messages_search, where the server has its extension.
const isFound = (search: string | undefined) =>
  search
    ? Prisma.sql`(${contains(Prisma.sql`to_email`, search)} OR ${contains(Prisma.sql`subject`, search)} OR message_id LIKE ${`%${literalPattern(search)}%`})`
    : Prisma.sql`TRUE`

/** Messages of the sandbox inbox that match, the newest first, without their texts, from a place (its time is the value) on or back. */
export const selectMessages = (sql: Sql, search: string | undefined, { onwards, from, limit }: PageRead) => {
  const direction = Prisma.raw(onwards ? 'DESC' : 'ASC')
  const beyond = Prisma.raw(onwards ? '<' : '>')
  const place = from
    ? Prisma.sql`AND (received_at, id) ${beyond} (${String(from.value)}::timestamptz, ${from.id}::uuid)`
    : Prisma.empty
  return query<SandboxRow>(sql)`
  SELECT id, from_email AS "fromEmail", to_email AS "toEmail", subject, received_at AS "receivedAt" FROM sandbox_messages
  WHERE ${isFound(search)} ${place} ORDER BY received_at ${direction}, id ${direction} LIMIT ${limit}`
}

/** Count of the messages that match, up to one more than lists count. */
export const countMessages = (sql: Sql, search: string | undefined) =>
  queryCount(sql)`
  SELECT count(*)::int AS count
  FROM (SELECT 1 FROM sandbox_messages WHERE ${isFound(search)} LIMIT ${COUNTED_AT_MOST + 1}) found`
