import type { Database } from './database'

// Leftovers of a day and a half of work, without the wait. Everything still pending is planned for tomorrow: the engine
// finds nothing to do, and the scene stays as it is.
const earlier = (by: string) => [
  `UPDATE scheduled_emails SET scheduled_for = scheduled_for - ${by}, sent_at = sent_at - ${by} WHERE campaign_id = $1`,
  `UPDATE emails SET sent_at = sent_at - ${by} WHERE campaign_id = $1`,
  `UPDATE leads SET last_contacted_at = last_contacted_at - ${by}
   WHERE id IN (SELECT lead_id FROM scheduled_emails WHERE campaign_id = $1)`,
  `UPDATE campaign_events SET at = at - ${by} WHERE campaign_id = $1`,
  `UPDATE campaign_batches SET started_at = started_at - ${by}, completed_at = completed_at - ${by} WHERE campaign_id = $1`,
  `UPDATE campaigns SET actual_started_at = actual_started_at - ${by}, completed_at = completed_at - ${by},
     created_at = created_at - ${by} WHERE id = $1`,
]

const ofStep2 = (first: number, last: number) => `id IN (
  SELECT id FROM (SELECT id, row_number() OVER (ORDER BY lead_id) AS n FROM scheduled_emails
                  WHERE campaign_id = $1 AND workflow_step_number = 2) AS numbered
  WHERE n BETWEEN ${first} AND ${last})`
const THIS_STEP = 'campaign_id = $1 AND workflow_step_number'
const SENT_AT = "scheduled_for + interval '3 minutes' * (random() * 10)"

const TODAY = [
  `UPDATE scheduled_emails SET status = 'sent', sent_at = ${SENT_AT} WHERE ${ofStep2(1, 31)}`,
  `UPDATE scheduled_emails SET status = 'held', held_at = scheduled_for + interval '9 minutes',
     failure_reason = 'The worker stopped while this email was on the wire.' WHERE ${ofStep2(32, 33)}`,
  `UPDATE scheduled_emails SET status = 'failed', failed_at = scheduled_for + interval '5 minutes', retry_count = 1,
     failure_reason = '550 5.1.1 The mailbox does not exist' WHERE ${ofStep2(34, 36)}`,
  `UPDATE scheduled_emails SET status = 'skipped', failure_reason = 'lead_unmailable' WHERE ${ofStep2(37, 37)}`,
  `UPDATE scheduled_emails later SET status = 'skipped', failure_reason = 'previous_step_not_delivered'
   FROM scheduled_emails before WHERE before.campaign_id = $1 AND before.status IN ('failed', 'skipped')
     AND before.workflow_step_number = 2 AND later.campaign_id = $1 AND later.lead_id = before.lead_id
     AND later.workflow_step_number = 3`,
  `UPDATE scheduled_emails SET scheduled_for = scheduled_for + interval '22 hours 20 minutes', wait_reason = 'mailbox_limit'
   WHERE ${THIS_STEP} = 2 AND status = 'pending'`,
  `UPDATE scheduled_emails SET scheduled_for = scheduled_for + interval '1 day'
   WHERE ${THIS_STEP} = 3 AND status = 'pending' AND lead_id IN
     (SELECT lead_id FROM scheduled_emails WHERE ${THIS_STEP} = 2 AND status = 'pending')`,
  `INSERT INTO emails (id, campaign_id, lead_id, template_id, mailbox_id, message_id, from_email, to_email, subject, body_text, sent_at)
   SELECT se.id, se.campaign_id, se.lead_id, se.template_id, se.mailbox_id, se.message_id, m.from_email, l.email, t.subject,
          t.body_text, se.sent_at
   FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id JOIN mailboxes m ON m.id = se.mailbox_id
   JOIN email_templates t ON t.id = se.template_id
   WHERE se.campaign_id = $1 AND se.workflow_step_number = 2 AND se.status = 'sent'`,
  `UPDATE leads SET status = 'follow_up_1', emails_sent = 2, last_contacted_at = se.sent_at FROM scheduled_emails se
   WHERE se.lead_id = leads.id AND se.campaign_id = $1 AND se.workflow_step_number = 2 AND se.status = 'sent'`,
  `INSERT INTO mailbox_days (mailbox_id, day, reserved)
   SELECT mailbox_id, max(sent_at)::date, count(*) FROM scheduled_emails WHERE ${THIS_STEP} = 2 AND status = 'sent' GROUP BY 1`,
  `INSERT INTO campaign_events (campaign_id, at, kind, message)
   SELECT $1, max(held_at), 'held', count(*) || ' emails held: delivery unknown' FROM scheduled_emails
   WHERE campaign_id = $1 AND status = 'held'`,
  `UPDATE campaigns SET status = 'running', status_reason = NULL, paused_at = NULL, current_workflow_step = 2,
     emails_sent_count = 91, emails_failed_count = 3 WHERE id = $1`,
]

/** Turns a campaign whose first step has just left into one in the middle of its second: of all states, some. */
export async function setMidway(database: Database, campaignId: string) {
  await database.rows("DELETE FROM campaign_events WHERE campaign_id = $1 AND kind = 'paused'", [campaignId])
  await setBack(database, campaignId, { days: 1, hours: 1 })
  for (const statement of TODAY) await database.rows(statement, [campaignId])
}

/** Lets everything that a campaign did so far have happened earlier. */
export async function setBack(
  database: Database,
  campaignId: string,
  { days, hours = 0 }: { days: number; hours?: number },
) {
  for (const statement of earlier(`interval '${days * 24 + hours} hours'`)) await database.rows(statement, [campaignId])
  // Its emails are the only ones of the last days; those of other campaigns were set back before.
  await database.rows(`UPDATE mailbox_days SET day = day - ${days} WHERE day > (SELECT max(day) FROM mailbox_days) - 2`)
}
