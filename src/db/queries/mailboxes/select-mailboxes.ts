import { columnsOf } from '@/db/columns'
import { type Mailbox, Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, queryOne, type Sql } from '@/db/sql'

const { holidays: _, rampFrom: __, ...fields } = Prisma.MailboxScalarFieldEnum

/** Fragment: the columns of the mailbox `m`. A date is midnight in UTC, as everywhere; `pg` would make it local. */
export const mailboxColumns = Prisma.sql`${columnsOf('m', fields)},
  ARRAY(SELECT day::timestamp AT TIME ZONE 'UTC' FROM unnest(m.holidays) AS day) AS holidays,
  m.ramp_from::timestamp AT TIME ZONE 'UTC' AS "rampFrom"`

/** The oldest mailbox, as a list of one; empty on a fresh installation. */
export const selectFirstMailbox = (sql: Sql) =>
  query<Mailbox>(sql)`SELECT ${mailboxColumns} FROM mailboxes m ORDER BY m.created_at LIMIT 1`

/** Mailboxes that bear the words in their name or address, by name. */
export const selectMailboxesBearing = (sql: Sql, { search, limit }: { search: string; limit: number }) =>
  query<{ id: string; name: string; fromEmail: string }>(sql)`
  SELECT id, name, from_email AS "fromEmail" FROM mailboxes
  WHERE ${contains(Prisma.sql`name`, search)} OR ${contains(Prisma.sql`from_email`, search)}
  ORDER BY lower(name), id LIMIT ${limit}`

/** How often the settings of a mailbox were saved; null when it is gone. */
export async function selectSettingsVersion(sql: Sql, mailboxId: string): Promise<number | null> {
  const row = await queryOne<{ version: number }>(sql)`
  SELECT settings_version AS version FROM mailboxes WHERE id = ${mailboxId}::uuid`
  return row?.version ?? null
}
