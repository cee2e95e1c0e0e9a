import { Prisma } from '@/db/generated/client'
import { execute, queryPrepared, type Sql } from '@/db/sql'
import { isOpen } from '../campaigns/open-emails'
import { isMailable } from '../campaigns/select-eligible-leads'
import { isTakenOut } from '../leads/taken-out'
import { contentSources, contentVersion, senderVersion } from './content-version'

/** The local dates, `YYYY-MM-DD`, against whose limits the emails of a batch count. */
export type LimitDays = {
  mailboxId: string
  mailboxDay: string
  /** What the mailbox's ramp-up allows on that day; absent or null without one. */
  rampLimit?: number | null
  /** Each campaign among the emails with its own local date. */
  campaignDays: readonly { campaignId: string; day: string }[]
}

/** An email that was decided to leave, and what that rested on. */
export type EmailToMark = {
  id: string
  email: string
  /** No other campaign had an email planned for the lead, so that its lock was not taken. */
  uncontested: boolean
  /** Of what it was made of. */
  contentVersion: string
}

export type MarkSending = LimitDays & {
  /** In the order in which they should leave when the limits don't admit all. */
  emails: readonly EmailToMark[]
  /** Of the mailbox and the settings with which they were decided about and made. */
  senderVersion: string
  /** When the mailbox may send its next email after this batch; null where it keeps no pace. */
  nextSendAt: Date | null
  /** Leads contacted later than this get no email now. */
  contactedBefore: Date
  now: Date
  leaseUntil: Date
}

export type MarkedEmail = { id: string; claim: number }

/**
 * Marks as many of the emails `sending` as the daily limits of mailbox and campaigns admit, and reserves them in the
 * same statement. They were decided about and prepared a moment ago, so every reason that may have come up since is
 * checked again here: only rows that still are `pending` and due in campaigns that still are `running`, to leads that
 * were not taken out of them, may still be emailed at the same address and that no other campaign has contacted or marked, and only where nothing
 * that the message is made of was saved meanwhile. Rows that another worker holds are left to it. A mailbox that keeps a pace gives it to one batch only. The day rows must exist (`ensureDays`).
 * Locks are taken in one order, emails, campaigns, mailbox, so that workers wait for each other but never in a circle.
 */
export const markSending = (sql: Sql, input: MarkSending) =>
  queryPrepared<MarkedEmail>(sql, 'mark-sending')`
  WITH claimable AS MATERIALIZED (
    SELECT se.id, se.campaign_id, c.daily_limit, wanted.rank
    FROM unnest(${input.emails.map(({ id }) => id)}::uuid[], ${input.emails.map(({ email }) => email)}::text[],
                ${input.emails.map(({ uncontested }) => uncontested)}::bool[],
                ${input.emails.map(({ contentVersion: version }) => version)}::text[])
         WITH ORDINALITY AS wanted(id, email, uncontested, content_version, rank)
    JOIN scheduled_emails se ON se.id = wanted.id
    JOIN campaigns c ON c.id = se.campaign_id
    JOIN leads l ON l.id = se.lead_id
    ${contentSources}
    WHERE se.status = 'pending' AND se.scheduled_for <= ${input.now} AND c.status = 'running' AND l.email = wanted.email AND ${isMailable(Prisma.sql`c.continue_after_reply`)}
      AND NOT ${isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)}
      AND (l.last_contacted_at IS NULL OR l.last_contacted_at <= ${input.contactedBefore})
      AND ${contentVersion} = wanted.content_version
      AND (SELECT ${senderVersion} FROM mailboxes m, settings st WHERE m.id = ${input.mailboxId}::uuid) = ${input.senderVersion}
      AND NOT (wanted.uncontested AND ${isContested})
    FOR UPDATE OF se SKIP LOCKED
  ), campaign_left AS MATERIALIZED (
    SELECT d.campaign_id, d.reserved FROM campaign_days d
    JOIN unnest(${input.campaignDays.map((entry) => entry.campaignId)}::uuid[],
                ${input.campaignDays.map((entry) => entry.day)}::date[]) AS today(campaign_id, day)
      ON today.campaign_id = d.campaign_id AND today.day = d.day
    WHERE (SELECT count(*) FROM claimable) > 0
    ORDER BY d.campaign_id FOR UPDATE OF d
  ), mailbox_left AS MATERIALIZED (
    SELECT d.reserved, LEAST(m.daily_limit, ${input.rampLimit ?? null}::int) AS daily_limit FROM mailbox_days d JOIN mailboxes m ON m.id = d.mailbox_id
    WHERE d.mailbox_id = ${input.mailboxId}::uuid AND d.day = ${input.mailboxDay}::date
      AND (SELECT count(*) FROM campaign_left) >= 0 AND (SELECT count(*) FROM claimable) > 0
    FOR UPDATE OF d
  ), within_campaign AS (
    SELECT claimable.*, row_number() OVER (PARTITION BY campaign_id ORDER BY rank) AS place FROM claimable
  ), admitted AS (
    SELECT id, campaign_id, row_number() OVER (ORDER BY rank) AS place
    FROM within_campaign LEFT JOIN campaign_left USING (campaign_id)
    WHERE daily_limit IS NULL OR place <= daily_limit - reserved
  ), fitting AS MATERIALIZED (
    SELECT id, campaign_id FROM admitted, mailbox_left
    WHERE mailbox_left.daily_limit IS NULL OR place <= mailbox_left.daily_limit - mailbox_left.reserved
  ), paced AS (
    UPDATE mailboxes SET next_send_at = ${input.nextSendAt}
    WHERE id = ${input.mailboxId}::uuid AND ${input.nextSendAt}::timestamptz IS NOT NULL
      AND (next_send_at IS NULL OR next_send_at <= ${input.now}) AND EXISTS (SELECT FROM fitting)
    RETURNING 1
  ), chosen AS MATERIALIZED (
    SELECT id, campaign_id FROM fitting
    WHERE ${input.nextSendAt}::timestamptz IS NULL OR EXISTS (SELECT FROM paced)
  ), reserve_mailbox AS (
    UPDATE mailbox_days d SET reserved = d.reserved + total.n
    FROM (SELECT count(*)::int AS n FROM chosen) total
    WHERE total.n > 0 AND d.mailbox_id = ${input.mailboxId}::uuid AND d.day = ${input.mailboxDay}::date
  ), reserve_campaigns AS (
    UPDATE campaign_days d SET reserved = d.reserved + total.n
    FROM (SELECT campaign_id, count(*)::int AS n FROM chosen GROUP BY campaign_id) total,
         unnest(${input.campaignDays.map((entry) => entry.campaignId)}::uuid[],
                ${input.campaignDays.map((entry) => entry.day)}::date[]) AS today(campaign_id, day)
    WHERE d.campaign_id = total.campaign_id AND today.campaign_id = d.campaign_id AND d.day = today.day
  )
  UPDATE scheduled_emails se
  SET status = 'sending', claim = se.claim + 1, sending_since = ${input.now}, lease_until = ${input.leaseUntil},
      wait_reason = NULL, updated_at = ${input.now}
  FROM chosen WHERE se.id = chosen.id AND se.status = 'pending'
  RETURNING se.id, se.claim`

// Another campaign wants to mail the lead of `se`, too.
const isContested = Prisma.sql`EXISTS (
  SELECT 1 FROM scheduled_emails o
  WHERE o.lead_id = se.lead_id AND o.campaign_id <> se.campaign_id AND ${isOpen('o')})`

/**
 * Inserts today's rows of mailbox and campaigns where they are missing, so that the reservation has something to lock.
 */
export const ensureDays = (sql: Sql, input: LimitDays) =>
  execute(sql)`
  WITH campaigns_today AS (
    INSERT INTO campaign_days (campaign_id, day)
    SELECT * FROM unnest(${input.campaignDays.map((entry) => entry.campaignId)}::uuid[],
                         ${input.campaignDays.map((entry) => entry.day)}::date[]) ORDER BY 1
    ON CONFLICT DO NOTHING)
  INSERT INTO mailbox_days (mailbox_id, day) VALUES (${input.mailboxId}::uuid, ${input.mailboxDay}::date)
  ON CONFLICT DO NOTHING`
