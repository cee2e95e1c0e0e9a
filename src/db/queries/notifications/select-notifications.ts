import { Prisma } from '@/db/generated/client'
import { query, queryOne, type Sql } from '@/db/sql'
import type { NotificationEmail, NotificationKind } from '@/domain/notification/kinds'

export type NotificationRow = {
  id: string
  kind: NotificationKind
  occurrence: string
  at: Date
  readAt: Date | null
  overAt: Date | null
  email: NotificationEmail
  emailFailure: string | null
  campaignId: string | null
  campaignName: string | null
  failureReason: string | null
  mailboxId: string | null
  mailboxName: string | null
  sendingReason: string | null
  readingReason: string | null
  conversationId: string | null
  leadId: string | null
  fromName: string | null
  company: string | null
  excerpt: string | null
  /** Why no backup can be made now. */
  backupFailure: string | null
}

const rows = Prisma.sql`
  SELECT n.id, n.kind, n.occurrence, n.at, n.read_at AS "readAt", n.over_at AS "overAt", n.email, n.email_failure AS "emailFailure",
         n.campaign_id AS "campaignId", c.name AS "campaignName", c.failure_reason AS "failureReason",
         n.mailbox_id AS "mailboxId", b.from_email AS "mailboxName", b.health_reason AS "sendingReason", r.health_reason AS "readingReason",
         m.conversation_id AS "conversationId", m.lead_id AS "leadId", COALESCE(NULLIF(m.from_name, ''), m.from_email) AS "fromName",
         l.company_name AS company, left(m.new_text, 200) AS excerpt,
         (SELECT failure FROM backup_states WHERE n.kind = 'backup_failed') AS "backupFailure"
  FROM notifications n
  LEFT JOIN campaigns c ON c.id = n.campaign_id
  LEFT JOIN mailboxes b ON b.id = n.mailbox_id
  LEFT JOIN mailbox_readers r ON r.mailbox_id = n.mailbox_id
  LEFT JOIN received_messages m ON m.id = n.message_id
  LEFT JOIN leads l ON l.id = m.lead_id`

/** What the app shows a person, the newest first, before `before` where it is given. */
export const selectNotifications = (
  sql: Sql,
  { userId, before, limit }: { userId: string; before: string | null; limit: number },
) =>
  query<NotificationRow>(sql)`
  ${rows} WHERE n.user_id = ${userId} AND (n.in_app OR n.email = 'sending') AND (${before}::uuid IS NULL OR n.id < ${before}::uuid)
  ORDER BY n.id DESC LIMIT ${limit}`

/** The named ones, the oldest first. */
export const selectNotificationsById = (sql: Sql, ids: readonly string[]) =>
  query<NotificationRow>(sql)`${rows} WHERE n.id = ANY(${[...ids]}::uuid[]) ORDER BY n.id`

/** The most that is counted: a badge says no more than "99+". */
export const MOST_COUNTED = 100

/** How many a person has not read, at most `MOST_COUNTED` (idx_notifications_unread). */
export const countUnread = async (sql: Sql, userId: string): Promise<number> =>
  (
    await queryOne<{ count: number }>(sql)`
  SELECT count(*)::int AS count FROM (
    SELECT 1 FROM notifications WHERE user_id = ${userId} AND read_at IS NULL AND in_app LIMIT ${MOST_COUNTED}) unread`
  )?.count ?? 0
