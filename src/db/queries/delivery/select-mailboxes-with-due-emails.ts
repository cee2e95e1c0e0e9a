import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { isFirstStep } from './queue-part'

/** Mailboxes that could send now: due email in a running campaign, not stopped or cooling down. */
export const selectMailboxesWithDueEmails = (sql: Sql, now: Date) =>
  query<{ id: string }>(sql)`
  SELECT DISTINCT m.id FROM campaigns c
  JOIN campaign_mailboxes cm ON cm.campaign_id = c.id
  JOIN mailboxes m ON m.id = cm.mailbox_id
  WHERE c.status = 'running' AND m.health <> 'stopped'
    AND (m.health <> 'cooling_down' OR m.cool_down_until <= ${now})
    AND (m.next_send_at IS NULL OR m.next_send_at <= ${now}::timestamptz + interval '40 seconds')
    AND (${dueStep(now, true)} OR ${dueStep(now, false)})`

const dueStep = (now: Date, first: boolean) => Prisma.sql`EXISTS (
  SELECT 1 FROM scheduled_emails se
  WHERE se.campaign_id = c.id AND se.mailbox_id = m.id AND se.status = 'pending'
    AND ${isFirstStep(first)} AND se.scheduled_for <= ${now})`

/** Campaigns whose scheduled start is due, the earliest first; of two at the same time, the older. */
export const selectDueStarts = (sql: Sql, now: Date) =>
  query<{ id: string }>(sql)`
  SELECT id FROM campaigns WHERE status = 'scheduled' AND scheduled_start_at <= ${now} ORDER BY scheduled_start_at, id`
