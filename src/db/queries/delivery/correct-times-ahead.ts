import { execute, query, type Sql } from '@/db/sql'
import { emailsOfLead, isStillPending } from './moved-emails'

// What is a little ahead is one process's clock against another's.
const A_MINUTE = 60_000

export type FreedMailbox = { id: string; fromEmail: string; until: Date }

/**
 * Lets mailboxes send again whose next email would wait for longer than their gap and all of its jitter: a clock was ahead when
 * the last one left. The next waits for that long at the most. Returns them, with the time until which they had to wait.
 */
export const freeMailboxesAhead = (sql: Sql, now: Date) =>
  query<FreedMailbox>(sql)`
  WITH ahead AS (
    SELECT id, next_send_at AS until, CASE WHEN min_gap_seconds > 0
      THEN ${now}::timestamptz + make_interval(secs => min_gap_seconds + gap_jitter_seconds) END AS at
    FROM mailboxes WHERE next_send_at > ${new Date(now.getTime() + A_MINUTE)}
  )
  UPDATE mailboxes m SET next_send_at = ahead.at FROM ahead
  WHERE m.id = ahead.id AND m.next_send_at = ahead.until
    AND ahead.until > COALESCE(ahead.at, ${now}::timestamptz) + interval '1 minute'
  RETURNING m.id, m.from_email AS "fromEmail", ahead.until`

export type CorrectedLeads = { campaignId: string; leads: number; until: Date }

/**
 * Sets leads that were emailed in the future to have been emailed now, which is the latest that can be true. Returns how many
 * there are in each campaign that has emails planned for them. Leads are read only where a mailbox has sent in the future.
 */
export const correctContactsAhead = (sql: Sql, now: Date) =>
  query<CorrectedLeads>(sql)`
  WITH corrected AS (
    UPDATE leads SET last_contacted_at = ${now}, updated_at = ${now}
    WHERE last_contacted_at > ${new Date(now.getTime() + A_MINUTE)}
      AND (SELECT count(*) FROM mailbox_hours WHERE hour > ${now}) > 0
    RETURNING id, old.last_contacted_at AS until
  )
  SELECT se.campaign_id AS "campaignId", count(DISTINCT se.lead_id)::int AS leads, max(corrected.until) AS until
  FROM corrected JOIN scheduled_emails se ON se.lead_id = corrected.id AND se.status = 'pending'
  GROUP BY 1`

/**
 * Makes emails due now that were put off further than the 24 hours or the gap of their mailbox can ask for, and moves the
 * lead's later steps with them. Returns how many.
 */
export const recallPutOffAhead = (sql: Sql, now: Date) =>
  execute(sql)`
  WITH ahead AS (
    SELECT se.campaign_id, se.lead_id, min(se.scheduled_for) - ${now}::timestamptz AS shift
    FROM scheduled_emails se
    JOIN campaigns c ON c.id = se.campaign_id AND c.status IN ('running', 'paused', 'failed')
    JOIN mailboxes m ON m.id = se.mailbox_id
    WHERE se.status = 'pending' AND se.wait_reason IN ('contacted_recently', 'pace')
      AND se.scheduled_for > ${new Date(now.getTime() + A_MINUTE)}::timestamptz + CASE
        WHEN se.wait_reason = 'contacted_recently' THEN interval '24 hours'
        WHEN m.min_gap_seconds > 0 THEN make_interval(secs => m.min_gap_seconds + m.gap_jitter_seconds)
        ELSE interval '0' END
    GROUP BY se.campaign_id, se.lead_id
  )
  UPDATE scheduled_emails se
  SET scheduled_for = se.scheduled_for - ahead.shift, wait_reason = NULL, updated_at = ${now}
  FROM ahead CROSS JOIN ${emailsOfLead('ahead')}
  WHERE se.id = own.id AND own.campaign_id = ahead.campaign_id AND ${isStillPending('se')}`
