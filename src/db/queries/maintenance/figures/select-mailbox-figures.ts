import { query, type Sql } from '@/db/sql'
import type { MailboxHealth } from '@/domain/delivery/decide'

/** What is watched of a mailbox. Null: its answers are not read, were never read, or it signs in with a password. */
export type MailboxFigures = {
  id: string
  name: string
  health: MailboxHealth
  lastReadAt: Date | null
  tokenExpiresAt: Date | null
  /** A person has to sign in again. */
  signInEnded: boolean | null
}

/** Every mailbox: how it is, when its answers were read last, and until when its token is good. */
export const selectMailboxFigures = (sql: Sql) =>
  query<MailboxFigures>(sql)`
  SELECT m.id, m.name, m.health, r.last_read_at AS "lastReadAt", s.expires_at AS "tokenExpiresAt",
         CASE WHEN s.mailbox_id IS NOT NULL THEN s.ended_reason IS NOT NULL END AS "signInEnded"
  FROM mailboxes m LEFT JOIN mailbox_readers r ON r.mailbox_id = m.id LEFT JOIN mailbox_sign_ins s ON s.mailbox_id = m.id
  ORDER BY m.id`
