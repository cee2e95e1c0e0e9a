import { Prisma } from '@/db/generated/client'
import { query, type Tx } from '@/db/sql'
import type { RefusedEmail } from '@/domain/delivery/refused-alike'
import { isStopped } from '../campaigns/move-campaign'
import { heldBackByAnswer } from '../leads/ends-sequence'
import { isTakenOut } from '../leads/taken-out'

/** One attempt that was refused, and what for. */
export type RefusedAttempt = Pick<RefusedEmail, 'scheduledEmailId' | 'claim' | 'suspect'>

/** `isPlannedAgain`: it had failed, or was skipped as it could not follow, and is pending again. */
export type GivenBack = { id: string; campaignId: string; isPlannedAgain: boolean }

const inVain = Prisma.sql`(${isStopped} OR ${isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)})`

/**
 * Gives back emails that were refused for what was not the recipients' fault: planned as before, the attempt not used, and
 * with them the steps that were skipped because of them. Only emails on which nothing has happened since that attempt: one
 * that was refused for its content or size has failed, and comes back once. What has failed stays so where its lead was answered
 * since, or its campaign has ended by itself: a person can try it again. What comes back after a Stop, or after its lead was taken out of the campaign, is cancelled. Runs with the campaigns locked in a
 * statement before it (`lockCampaignsOfEmails`), or what was waited for would be missed. Returns those that came back.
 */
export const giveBackRefused = (
  tx: Tx,
  { emails, reason, now }: { emails: readonly RefusedAttempt[]; reason: string; now: Date },
) =>
  query<GivenBack>(tx)`
  WITH refused AS (
    SELECT * FROM unnest(${emails.map((e) => e.scheduledEmailId)}::uuid[], ${emails.map((e) => e.claim)}::int[],
                         ${emails.map((e) => e.suspect)}::text[]) AS r(id, claim, suspect)
  ), given_back AS (
    UPDATE scheduled_emails se
    SET status = CASE WHEN ${inVain} THEN 'cancelled' ELSE 'pending' END,
        retry_count = GREATEST(0, se.retry_count - 1), failed_at = NULL, failure_reason = NULL,
        wait_reason = CASE WHEN ${inVain} THEN NULL ELSE ${reason} END,
        ended_at = CASE WHEN ${inVain} THEN ${now}::timestamptz END, updated_at = ${now}
    FROM refused r, campaigns c, leads l
    WHERE se.id = r.id AND c.id = se.campaign_id AND l.id = se.lead_id AND se.claim = r.claim
      AND (c.status <> 'completed' OR ${isStopped})
      AND ((se.status = 'failed' AND (${heldBackByAnswer}) IS NULL) OR (se.status = 'pending' AND r.suspect = 'mailbox'))
    RETURNING new.id, new.campaign_id, new.lead_id, new.workflow_step_number, new.status, old.status AS was
  ), later AS (
    UPDATE scheduled_emails later
    SET status = g.status, failure_reason = NULL,
        ended_at = CASE WHEN g.status = 'cancelled' THEN ${now}::timestamptz END, updated_at = ${now}
    FROM given_back g
    WHERE g.was = 'failed' AND later.campaign_id = g.campaign_id AND later.lead_id = g.lead_id
      AND later.status = 'skipped' AND later.failure_reason = 'previous_step_not_delivered'
      AND later.workflow_step_number > g.workflow_step_number
    RETURNING new.id, new.campaign_id, new.status
  ), counters AS (
    UPDATE campaigns c SET emails_failed_count = c.emails_failed_count - back.n, updated_at = ${now}
    FROM (SELECT campaign_id, count(*)::int AS n FROM given_back WHERE was = 'failed' GROUP BY campaign_id) back
    WHERE c.id = back.campaign_id
  )
  SELECT id, campaign_id AS "campaignId", status = 'pending' AND was = 'failed' AS "isPlannedAgain" FROM given_back
  UNION ALL SELECT id, campaign_id, status = 'pending' FROM later`
