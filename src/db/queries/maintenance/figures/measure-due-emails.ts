import { Prisma } from '@/db/generated/client'
import { isOfPart } from '@/db/queries/delivery/queue-part'
import { queryOne, type Sql } from '@/db/sql'
import { liveCampaigns } from './live-campaigns'

/** Due emails are counted up to here. */
export const DUE_COUNTED_AT_MOST = 100_000

/** `oldestAt`: null where none is due. */
export type DueEmails = { count: number; oldestAt: Date | null }

/** Emails of running campaigns that are due, and since when the first of them is: from the heads of their queues on (idx_scheduled_emails_turn). */
export const measureDueEmails = (sql: Sql, now: Date) =>
  queryOne<DueEmails>(sql)`
  WITH queues AS MATERIALIZED (
    SELECT cm.campaign_id, cm.mailbox_id, kind.part FROM ${liveCampaigns} c JOIN campaign_mailboxes cm ON cm.campaign_id = c.id
    CROSS JOIN (VALUES (1), (2)) AS kind(part)
    WHERE c.status = 'running'
  )
  SELECT (SELECT count(*)::int FROM (
            SELECT FROM queues q CROSS JOIN LATERAL (${dueOf(now)}) due LIMIT ${DUE_COUNTED_AT_MOST}) counted) AS count,
         (SELECT min(head.scheduled_for) FROM queues q
          CROSS JOIN LATERAL (${dueOf(now)} ORDER BY se.scheduled_for LIMIT 1) head) AS "oldestAt"`

const dueOf = (now: Date) => Prisma.sql`
  SELECT se.scheduled_for FROM scheduled_emails se
  WHERE se.campaign_id = q.campaign_id AND se.mailbox_id = q.mailbox_id AND se.status = 'pending'
    AND ${isOfPart(Prisma.sql`q.part`)} AND se.scheduled_for <= ${now}`
