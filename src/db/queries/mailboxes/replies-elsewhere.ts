import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { SANDBOX_READER_HOST } from '@/domain/conversation/sandbox-answer'

// What stands behind a "+" is delivered all the same.
const withoutTag = (address: Prisma.Sql) => Prisma.sql`regexp_replace(lower(${address}), '\\+[^@]*@', '@')`

/**
 * Fragment: true where the mailbox `m` with its reader `r` is read, and has replies sent to an address at which nothing is read:
 * neither its own nor one of another mailbox that is.
 */
export const repliesGoElsewhere = Prisma.sql`(m.reply_to IS NOT NULL AND r.imap_host <> ${SANDBOX_READER_HOST}
  AND NOT EXISTS (
    SELECT 1 FROM mailboxes o JOIN mailbox_readers other ON other.mailbox_id = o.id
    WHERE ${withoutTag(Prisma.sql`m.reply_to`)} IN (SELECT ${withoutTag(Prisma.sql`own`)} FROM unnest(o.aliases || o.from_email) own)))`

/** Mailboxes of which that is so. */
export const selectRepliesElsewhere = (sql: Sql) =>
  query<{ mailboxId: string }>(sql)`
  SELECT m.id AS "mailboxId" FROM mailboxes m JOIN mailbox_readers r ON r.mailbox_id = m.id WHERE ${repliesGoElsewhere}`
