import { Prisma } from '@/db/generated/client'
import { query, queryPrepared, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import type { EmailResult } from '@/domain/delivery/result'
import { type LadderRule, STATUS_LADDER } from '@/domain/lead/status-ladder'
import { isTakenOut } from '../leads/taken-out'
import type { LimitDays } from './mark-sending'
import { isStillPending } from './moved-emails'

/** What became of one claimed email. The token is its claim: the result of an older claim changes nothing. */
export type RecordedOutcome = EmailResult & {
  id: string
  fencingToken: number
  /** The Message-ID that the provider put in place of ours; absent: none is known. */
  providerMessageId?: string | null
  message: { from: string; to: string; subject: string; text: string; html: string | null } | null
}

const literal = (text: string) => `'${text}'`
const applies = (when: LadderRule['when']) =>
  when === 'address_invalid'
    ? 'r.address_invalid'
    : `r.sent > 0 AND r.step ${when.orLater ? '>=' : '='} ${when.sentStep}`
// The status of the lead `l` after the results `r`. Constants of the domain only, so the statement's text never changes.
const leadStatus = Prisma.raw(
  `CASE ${STATUS_LADDER.map(
    ({ when, from, to }) => `WHEN ${applies(when)} AND l.status IN (${from.map(literal).join()}) THEN ${literal(to)}`,
  ).join('\n')} ELSE l.status END`,
)

/**
 * Records the results of a batch in one statement: the rows, the `emails` records, the leads, the counts of campaign
 * and mailbox, and the limits' reservations of emails that surely did not leave. Returns the rows that changed. A row
 * changes when it still belongs to this claim and is `sending`, or became `held`, or was put back or failed since and
 * the evidence now shows that it had left. The campaigns are locked first, so that an email which comes back after a
 * Stop, or whose lead was taken out of the campaign, is cancelled, never left pending.
 */
export function recordOutcomes(
  sql: Sql,
  outcomes: readonly RecordedOutcome[],
  day: LimitDays | null,
  now: Date,
): Promise<ChangedEmail[]> {
  const statement = recording(outcomes, day, now)
  // Without a day the text is another one, and comes rarely.
  return day
    ? queryPrepared<ChangedEmail>(sql, 'record-outcomes')`${statement}`
    : query<ChangedEmail>(sql)`${statement}`
}

export type ChangedEmail = { id: string; campaignId: string; status: EmailStatus; was: EmailStatus }

// The campaign has been stopped meanwhile, or its lead was taken out of it.
const comesBackInVain = Prisma.sql`o.status = 'pending' AND (c.status = 'completed'
          OR ${isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)})`

const recording = (outcomes: readonly RecordedOutcome[], day: LimitDays | null, now: Date) => Prisma.sql`
  WITH outcome AS (
    SELECT * FROM unnest(
      ${outcomes.map((o) => o.id)}::uuid[], ${outcomes.map((o) => o.fencingToken)}::int[],
      ${outcomes.map((o) => o.status)}::text[], ${outcomes.map((o) => o.reason)}::text[],
      ${outcomes.map((o) => o.dueAt)}::timestamptz[], ${outcomes.map((o) => (o.attemptUsed ? 1 : 0))}::int[],
      ${outcomes.map((o) => o.addressInvalid)}::bool[], ${outcomes.map((o) => o.message?.from ?? null)}::text[],
      ${outcomes.map((o) => o.message?.subject ?? null)}::text[], ${outcomes.map((o) => o.message?.text ?? null)}::text[],
      ${outcomes.map((o) => o.message?.html ?? null)}::text[], ${outcomes.map((o) => o.message?.to ?? null)}::text[], ${outcomes.map((o) => o.providerMessageId ?? null)}::text[]
    ) AS o(id, claim, status, reason, due_at, attempts, address_invalid, from_email, subject, body_text, body_html, to_email, provider_message_id)
  ), campaign_now AS MATERIALIZED (
    SELECT id, status FROM campaigns
    WHERE id IN (SELECT se.campaign_id FROM scheduled_emails se JOIN outcome o ON o.id = se.id)
    ORDER BY id FOR NO KEY UPDATE
  ), changed AS (
    UPDATE scheduled_emails se
    SET status = CASE WHEN ${comesBackInVain} THEN 'cancelled' ELSE o.status END,
        scheduled_for = COALESCE(o.due_at, se.scheduled_for),
        sent_at = CASE WHEN o.status = 'sent' THEN COALESCE(se.sending_since, ${now}) END,
        failed_at = CASE WHEN o.status = 'failed' THEN ${now}::timestamptz END,
        held_at = CASE WHEN o.status = 'held' THEN ${now}::timestamptz END,
        ended_at = CASE WHEN o.status IN ('sent', 'failed') OR (${comesBackInVain}) THEN ${now}::timestamptz END,
        failure_reason = CASE WHEN o.status IN ('failed', 'held') THEN o.reason
                              WHEN o.status = 'pending' THEN se.failure_reason END,
        wait_reason = CASE WHEN o.status = 'pending' THEN o.reason END,
        retry_count = se.retry_count + o.attempts,
        email_id = CASE WHEN o.status = 'sent' AND o.subject IS NOT NULL THEN se.id ELSE se.email_id END,
        lease_until = NULL, updated_at = ${now}
    FROM outcome o, campaign_now c
    WHERE se.id = o.id AND c.id = se.campaign_id AND se.claim = o.claim
      AND (se.status IN ('sending', 'held') OR (se.status IN ('pending', 'skipped', 'cancelled') AND o.status = 'sent'))
    RETURNING new.id, new.campaign_id, new.lead_id, new.template_id, new.mailbox_id, new.message_id, new.status,
      new.workflow_step_number, new.sent_at, new.scheduled_for - old.scheduled_for AS shift, old.status AS was,
      o.reason, o.address_invalid, o.from_email, o.subject, o.body_text, o.body_html, o.to_email, o.provider_message_id
  ), email AS (
    INSERT INTO emails (id, campaign_id, lead_id, template_id, mailbox_id, message_id, provider_message_id, from_email, to_email, subject,
                        body_text, body_html, response, sent_at, created_at)
    SELECT ch.id, ch.campaign_id, ch.lead_id, ch.template_id, ch.mailbox_id, ch.message_id, ch.provider_message_id, ch.from_email, ch.to_email,
           ch.subject, ch.body_text, ch.body_html, ch.reason, ch.sent_at, ${now}
    FROM changed ch WHERE ch.status = 'sent' AND ch.subject IS NOT NULL
  ), lead AS (
    UPDATE leads l
    SET status = ${leadStatus},
        last_contacted_at = GREATEST(l.last_contacted_at, r.sent_at),
        emails_sent = l.emails_sent + r.sent, updated_at = ${now}
    FROM (SELECT lead_id, count(*) FILTER (WHERE status = 'sent')::int AS sent, max(sent_at) AS sent_at,
                 max(workflow_step_number) FILTER (WHERE status = 'sent') AS step, bool_or(address_invalid) AS address_invalid
          FROM changed GROUP BY lead_id) r
    WHERE l.id = r.lead_id AND (r.sent > 0 OR r.address_invalid)
  )${suppressInvalid(now)}, hour AS (
    INSERT INTO mailbox_hours AS h (mailbox_id, hour, mails, bounces)
    SELECT mailbox_id, date_trunc('hour', ${now}::timestamptz, 'UTC'), count(*), count(*) FILTER (WHERE address_invalid)
    FROM changed WHERE status = 'sent' OR address_invalid GROUP BY mailbox_id
    ON CONFLICT (mailbox_id, hour) DO UPDATE SET mails = h.mails + EXCLUDED.mails, bounces = h.bounces + EXCLUDED.bounces
  ), campaign AS (
    UPDATE campaigns c
    SET emails_sent_count = c.emails_sent_count + r.sent, emails_failed_count = c.emails_failed_count + r.failed,
        current_workflow_step = GREATEST(c.current_workflow_step, r.step), updated_at = ${now}
    FROM (SELECT campaign_id, count(*) FILTER (WHERE status = 'sent')::int AS sent,
                 count(*) FILTER (WHERE status = 'failed')::int AS failed,
                 COALESCE(max(workflow_step_number) FILTER (WHERE status = 'sent'), 1) AS step
          FROM changed GROUP BY campaign_id) r
    WHERE c.id = r.campaign_id AND r.sent + r.failed > 0
  ), later AS (
    UPDATE scheduled_emails later
    SET status = CASE WHEN ch.status = 'failed' THEN 'skipped' ELSE later.status END,
        failure_reason = CASE WHEN ch.status = 'failed' THEN 'previous_step_not_delivered' ELSE later.failure_reason END,
        ended_at = CASE WHEN ch.status = 'failed' THEN ${now}::timestamptz END,
        scheduled_for = later.scheduled_for + ch.shift, updated_at = ${now}
    FROM changed ch
    WHERE later.campaign_id = ch.campaign_id AND later.lead_id = ch.lead_id AND ${isStillPending('later')}
      AND later.workflow_step_number > ch.workflow_step_number
      AND (ch.status = 'failed' OR (ch.status = 'pending' AND ch.shift > interval '0'))
  )${day ? releaseReservations(day) : Prisma.empty}
  SELECT id, campaign_id AS "campaignId", status, was FROM changed`

// Addresses that a mail server has refused; an entry that a message brought is confirmed, and stays when that is corrected.
const suppressInvalid = (now: Date) => Prisma.sql`, invalid AS MATERIALIZED (
    SELECT DISTINCT l.email, l.email_hash FROM changed ch JOIN leads l ON l.id = ch.lead_id WHERE ch.address_invalid
  ), confirmed AS (
    UPDATE suppressions s SET source = 'smtp'
    WHERE s.source = 'answer' AND s.id IN (
      SELECT o.id FROM invalid i JOIN suppressions o ON o.kind = 'address' AND o.value = i.email
      UNION ALL
      SELECT o.id FROM invalid i JOIN suppressions o ON o.kind = 'address' AND o.value_hash = i.email_hash)
  ), suppression AS (
    INSERT INTO suppressions (kind, value, value_hash, reason, source, created_at)
    SELECT 'address', i.email, i.email_hash, 'invalid_address', 'smtp', ${now}::timestamptz FROM invalid i
    ON CONFLICT DO NOTHING
  )`

// Only real sends count against a limit; an email that may have left keeps its place.
const releaseReservations = (day: LimitDays) => Prisma.sql`, release_mailbox AS (
    UPDATE mailbox_days d SET reserved = GREATEST(0, d.reserved - back.n)
    FROM (SELECT count(*)::int AS n FROM changed WHERE status IN ('failed', 'pending', 'cancelled')) back
    WHERE back.n > 0 AND d.mailbox_id = ${day.mailboxId}::uuid AND d.day = ${day.mailboxDay}::date
  ), release_campaigns AS (
    UPDATE campaign_days d SET reserved = GREATEST(0, d.reserved - back.n)
    FROM (SELECT campaign_id, count(*)::int AS n FROM changed WHERE status IN ('failed', 'pending', 'cancelled') GROUP BY campaign_id) back,
         unnest(${day.campaignDays.map((entry) => entry.campaignId)}::uuid[],
                ${day.campaignDays.map((entry) => entry.day)}::date[]) AS today(campaign_id, day)
    WHERE d.campaign_id = back.campaign_id AND today.campaign_id = d.campaign_id AND d.day = today.day
  )`
