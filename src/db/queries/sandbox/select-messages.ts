import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, queryCount, type Sql } from '@/db/sql'

export type SandboxRow = { id: string; fromEmail: string; toEmail: string; subject: string; receivedAt: Date }

const isFound = (search: string | undefined) =>
  search
    ? Prisma.sql`(${contains(Prisma.sql`to_email`, search)} OR ${contains(Prisma.sql`subject`, search)} OR strpos(message_id, ${search}) > 0)`
    : Prisma.sql`TRUE`

/** A page of the messages of the sandbox inbox, newest first, without their texts. */
export const selectMessages = (
  sql: Sql,
  { search, limit, offset }: { search: string | undefined; limit: number; offset: number },
) =>
  query<SandboxRow>(sql)`
  SELECT id, from_email AS "fromEmail", to_email AS "toEmail", subject, received_at AS "receivedAt" FROM sandbox_messages
  WHERE ${isFound(search)} ORDER BY received_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`

/** Count of the messages that match. */
export const countMessages = (sql: Sql, search: string | undefined) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM sandbox_messages WHERE ${isFound(search)}`
