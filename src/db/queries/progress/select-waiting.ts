import { Prisma } from '@/db/generated/client'
import { query, queryOne, type Sql } from '@/db/sql'
import type { Waiting } from '@/domain/campaign/waiting'
import { isOpen } from '../campaigns/open-emails'
import { isOfPart } from '../delivery/queue-part'

type Asked = { campaignId: string; now: Date }
type AskedOf = Asked & { mailboxIds: readonly string[] }

/** Emails that were put off to a later time, by the recorded reason (idx_scheduled_emails_put_off). */
export const selectDeferred = (sql: Sql, { campaignId, now, codes }: Asked & { codes: readonly string[] }) =>
  query<Waiting>(sql)`
  SELECT CASE WHEN wait_reason = ANY(${[...codes]}::text[]) THEN wait_reason
              WHEN wait_reason LIKE 'retry:%' THEN 'retry' ELSE 'put_back' END AS reason,
         count(*)::int AS count, min(scheduled_for) AS until
  FROM scheduled_emails
  WHERE campaign_id = ${campaignId}::uuid AND status = 'pending' AND wait_reason IS NOT NULL AND scheduled_for > ${now}
  GROUP BY 1`

export type DueCount = { mailboxId: string; isFirstStep: boolean; count: number }

/**
 * Due emails without an open step before them, by mailbox: first emails (`true`), follow-ups (`false`), or both, apart.
 */
export const selectDue = (
  sql: Sql,
  { campaignId, now, mailboxIds, firstSteps }: AskedOf & { firstSteps: readonly boolean[] },
) =>
  query<DueCount>(sql)`
  SELECT m.id AS "mailboxId", kind.part = 1 AS "isFirstStep", due.count
  FROM unnest(${[...mailboxIds]}::uuid[]) AS m(id)
  CROSS JOIN unnest(${firstSteps.map((first) => (first ? 1 : 2))}::int[]) AS kind(part)
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count FROM scheduled_emails se
    WHERE se.campaign_id = ${campaignId}::uuid AND se.mailbox_id = m.id AND se.status = 'pending'
      AND ${isOfPart(Prisma.sql`kind.part`)} AND se.scheduled_for <= ${now}
      AND (kind.part = 1 OR NOT EXISTS (
        SELECT 1 FROM scheduled_emails o
        WHERE o.campaign_id = se.campaign_id AND o.lead_id = se.lead_id
          AND o.workflow_step_number < se.workflow_step_number AND ${isOpen('o')}))) due
  WHERE due.count > 0`

/** The time at which the next email is due that was not put off. */
export const selectNextDue = (sql: Sql, { campaignId, now, mailboxIds }: AskedOf) =>
  queryOne<{ at: Date | null }>(sql)`
  SELECT min(next.at) AS at
  FROM unnest(${[...mailboxIds]}::uuid[]) AS m(id)
  CROSS JOIN (VALUES (1), (2)) AS kind(part)
  CROSS JOIN LATERAL (
    SELECT se.scheduled_for AS at FROM scheduled_emails se
    WHERE se.campaign_id = ${campaignId}::uuid AND se.mailbox_id = m.id AND se.status = 'pending'
      AND ${isOfPart(Prisma.sql`kind.part`)} AND se.scheduled_for > ${now} AND se.wait_reason IS NULL
    ORDER BY se.scheduled_for LIMIT 1) next`
