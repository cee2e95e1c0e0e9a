/** Leads that a campaign emails, each batch has, and steps of each campaign: 2,000 emails a campaign. */
export const LEADS_OF_CAMPAIGN = 1_000
export const STEPS = 2
/** Of how many emails there is a lead: each was in two campaigns or three. */
export const EMAILS_OF_LEAD = 5

/** Whom a lead of this place is to us: of 100, two have bounced, one has unsubscribed, three have replied, one is interested. */
const STATUS = `CASE WHEN l.place % 100 < 2 THEN 'bounced' WHEN l.place % 100 = 2 THEN 'unsubscribed' WHEN l.place % 100 < 6 THEN 'replied'
                     WHEN l.place % 100 = 6 THEN 'interested' WHEN l.place % 3 = 0 THEN 'follow_up_1' ELSE 'contacted' END`

/** The batch of a campaign: the first of them come again when all have had theirs. */
const BATCH = 'c.place % (SELECT count(*) FROM old_batches)'
/** The leads of a batch of this place. */
const leadsOf = (place: string) =>
  `l.place >= (${place}) * ${LEADS_OF_CAMPAIGN} AND l.place < (${place} + 1) * ${LEADS_OF_CAMPAIGN}`

/** Where each old row stands: what the statements below are joined by. */
export const PLACES = `
  CREATE TEMP TABLE old_campaigns (place int, id uuid, at timestamptz);
  CREATE TEMP TABLE old_batches (place int, id uuid);
  CREATE TEMP TABLE old_leads (place int, id uuid, email text, status text)`

/** Statements that fill the tables with old rows, in their order. */
export const OLD = {
  campaigns: `WITH made AS (
      INSERT INTO old_campaigns SELECT i, uuidv7(at - now()), at FROM generate_series(0, $1::int - 1) i,
        LATERAL (SELECT now() - interval '3 years' + i * (interval '1055 days' / $1::int) AS at) times RETURNING *)
    INSERT INTO campaigns (id, name, workflow_id, status, actual_started_at, completed_at, archived_at, total_leads_targeted, created_at)
    SELECT id, 'Old ' || place, $2::uuid, 'completed', at, at + interval '5 days', CASE WHEN place % 3 = 0 THEN at + interval '9 days' END,
           ${LEADS_OF_CAMPAIGN}, at FROM made`,
  boxes: `INSERT INTO campaign_mailboxes (campaign_id, mailbox_id) SELECT id, $1::uuid FROM old_campaigns`,
  batches: `WITH made AS (
      INSERT INTO lead_batches (name, created_at) SELECT 'Old batch ' || i, now() - interval '3 years' + i * (interval '1000 days' / $1::int)
      FROM generate_series(0, $1::int - 1) i RETURNING id, name)
    INSERT INTO old_batches SELECT right(name, -10)::int, id FROM made`,
  places: `INSERT INTO old_leads
    SELECT l.place, uuidv7(interval '-3 years' + l.place * (interval '1000 days' / $1::int)), 'old' || l.place || '@company' || l.place % 500000 || '.example', ${STATUS}
    FROM generate_series(0, $1::int - 1) AS l(place)`,
  leads: `INSERT INTO leads (id, email, email_hash, company_name, contact_name, first_name, last_name, job_title, city, country, industry, website,
                             custom_fields, status, emails_sent, last_contacted_at, created_at)
    SELECT l.id, l.email, encode(sha256(convert_to(l.email, 'UTF8')), 'hex'), name || ' ' || trade || ' ' || l.place % 500000, 'Ada ' || name || l.place, 'Ada',
           name || l.place, 'Head of Sales', 'Hamburg', 'DE', trade, 'https://company' || l.place % 500000 || '.example', jsonb_build_object('field_1', 'value ' || l.place),
           l.status, ${EMAILS_OF_LEAD}, now() - make_interval(days => 40, mins => l.place % 1000000), uuid_extract_timestamp(l.id)
    FROM old_leads l,
         LATERAL (SELECT (ARRAY['Keller', 'Winter', 'Sommer', 'Jansen', 'Ohlsen', 'Nordwind', 'Brandt', 'Falk', 'Engel', 'Roth', 'Lang', 'Vogel', 'Busch'])[1 + l.place % 13] AS name,
                         (ARRAY['Logistics', 'Hotels', 'Bakery', 'Software', 'Freight', 'Dental', 'Garden'])[1 + l.place % 7] AS trade) words`,
  batchLeads: `INSERT INTO batch_leads (batch_id, lead_id) SELECT b.id, l.id FROM old_batches b JOIN old_leads l ON ${leadsOf('b.place')}`,
  emails: `WITH made AS (
      INSERT INTO scheduled_emails (id, campaign_id, lead_id, template_id, workflow_id, workflow_step_number, mailbox_id, message_id, scheduled_for,
                                    status, sent_at, failed_at, failure_reason, ended_at, claim, sending_since, email_id, created_at, updated_at)
      SELECT m.id, m.campaign_id, m.lead_id, m.email_template_id, $1::uuid, m.step_number, $2::uuid, '<' || m.id || '@nexa.example>', m.due_at, m.status,
             CASE m.status WHEN 'sent' THEN m.at END, CASE m.status WHEN 'failed' THEN m.at END,
             CASE m.status WHEN 'failed' THEN '550 no such mailbox' WHEN 'skipped' THEN 'previous_step_not_delivered' END, m.at,
             CASE WHEN m.status IN ('sent', 'failed') THEN 1 ELSE 0 END, CASE WHEN m.status IN ('sent', 'failed') THEN m.at END,
             CASE m.status WHEN 'sent' THEN m.id END, m.created_at, m.at
      FROM (SELECT uuidv7(c.at - now()) AS id, c.id AS campaign_id, l.id AS lead_id, s.step_number, s.email_template_id, c.at AS created_at, due_at,
                   due_at + interval '2 seconds' AS at,
                   CASE WHEN l.place % 100 < 2 THEN CASE s.step_number WHEN 1 THEN 'failed' ELSE 'skipped' END
                        WHEN l.place % 100 < 7 AND s.step_number > 1 THEN 'skipped' ELSE 'sent' END AS status
            FROM old_campaigns c JOIN old_leads l ON ${leadsOf(BATCH)}
            JOIN workflow_steps s ON s.workflow_id = $1::uuid,
              LATERAL (SELECT c.at + make_interval(days => 3 * (s.step_number - 1), secs => 20 * (l.place % ${LEADS_OF_CAMPAIGN})) AS due_at) due
            WHERE c.place >= $3::int AND c.place < $4::int OFFSET 0) m
      RETURNING id, campaign_id, lead_id, template_id, mailbox_id, message_id, status, sent_at)
    INSERT INTO emails (id, campaign_id, lead_id, template_id, mailbox_id, message_id, from_email, to_email, subject, body_text, response, sent_at, created_at)
    SELECT m.id, m.campaign_id, m.lead_id, m.template_id, m.mailbox_id, m.message_id, 'old@nexa.example', l.email, 'A question for you',
           repeat('We help teams like yours to see every delivery on one page. ', 3), '250 2.0.0 queued', m.sent_at, m.sent_at
    FROM made m JOIN old_leads l ON l.id = m.lead_id WHERE m.status = 'sent'`,
  endedLeads: `INSERT INTO campaign_ended_leads (campaign_id, lead_id, status)
    SELECT c.id, l.id, l.status FROM old_campaigns c JOIN old_leads l ON ${leadsOf(BATCH)} WHERE l.status IN ('unsubscribed', 'replied')`,
  activity: `INSERT INTO lead_activity (lead_id, status, emails_sent, last_contacted_at)
    SELECT id, status, emails_sent, last_contacted_at FROM leads WHERE id IN (SELECT id FROM old_leads)`,
  leadCounts: `INSERT INTO lead_counts AS n (batch_id, status, count)
    SELECT '00000000-0000-0000-0000-000000000000'::uuid, status, count(*) FROM old_leads GROUP BY 2
    UNION ALL SELECT b.id, l.status, count(*) FROM old_batches b JOIN old_leads l ON ${leadsOf('b.place')} GROUP BY 1, 2
    ON CONFLICT (batch_id, status) DO UPDATE SET count = n.count + EXCLUDED.count`,
  emailCounts: `INSERT INTO scheduled_email_counts (campaign_id, workflow_step_number, status, day, count, first_at, last_at)
    SELECT campaign_id, workflow_step_number, status, (COALESCE(sent_at, scheduled_for) AT TIME ZONE 'UTC')::date, count(*), min(scheduled_for), max(scheduled_for)
    FROM scheduled_emails WHERE campaign_id IN (SELECT id FROM old_campaigns) GROUP BY 1, 2, 3, 4`,
  counters: `UPDATE campaigns c SET emails_scheduled_count = n.scheduled, emails_sent_count = n.sent, emails_failed_count = n.failed, current_workflow_step = ${STEPS}
    FROM (SELECT campaign_id, sum(count) AS scheduled, sum(count) FILTER (WHERE status = 'sent') AS sent, sum(count) FILTER (WHERE status = 'failed') AS failed
          FROM scheduled_email_counts GROUP BY 1) n
    WHERE n.campaign_id = c.id AND c.id IN (SELECT id FROM old_campaigns)`,
  templates: `INSERT INTO campaign_templates (campaign_id, workflow_step_number, template_id)
    SELECT c.id, s.step_number, s.email_template_id FROM old_campaigns c, workflow_steps s WHERE s.workflow_id = $1::uuid`,
  campaignBatches: `INSERT INTO campaign_batches (campaign_id, batch_id, started_at, completed_at)
    SELECT c.id, b.id, c.at, c.at + interval '5 days' FROM old_campaigns c JOIN old_batches b ON b.place = ${BATCH}`,
  events: `INSERT INTO campaign_events (campaign_id, at, kind, message)
    SELECT c.id, c.at + make_interval(days => i), 'paused', 'Paused' FROM old_campaigns c, generate_series(1, 3) i`,
  suppressions: `INSERT INTO suppressions (kind, value, value_hash, reason, source, created_at)
    SELECT 'address', l.email, encode(sha256(convert_to(l.email, 'UTF8')), 'hex'), CASE l.status WHEN 'bounced' THEN 'invalid_address' ELSE 'unsubscribed' END,
           CASE l.status WHEN 'bounced' THEN 'smtp' ELSE 'link' END, uuid_extract_timestamp(l.id) FROM old_leads l WHERE l.status IN ('bounced', 'unsubscribed')`,
  /** An answer of each lead that has replied or is interested, to the first email that it got. */
  answers: `WITH answered AS (
      SELECT l.id AS lead_id, l.email, l.place, e.id AS scheduled_email_id, e.campaign_id, e.sent_at + interval '1 day' AS at
      FROM old_leads l, LATERAL (SELECT id, campaign_id, sent_at FROM scheduled_emails WHERE lead_id = l.id AND status = 'sent' LIMIT 1) e
      WHERE l.status IN ('replied', 'interested')
    ), said AS (
      INSERT INTO conversations (lead_id, mailbox_id, campaign_id, correspondent, subject, excerpt, last_in_at, last_in_kind, asked_at, last_message_at,
                                 scope, done_at)
      SELECT lead_id, $1::uuid, campaign_id, email, 'Re: A question for you', 'Thank you, please send the prices.', at, 'human', at, at, 'done', at
      FROM answered RETURNING id, lead_id)
    INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, from_email, subject, new_text, body_text, size,
                                   kind, matched_by, scheduled_email_id, lead_id, campaign_id, conversation_id, created_at)
    SELECT $1::uuid, 'INBOX', 1, a.place, '<' || a.place || '@answer.example>', '', a.at, a.email, 'Re: A question for you', 'Thank you, please send the prices.',
           'Thank you, please send the prices.', 2000, 'human', 'in_reply_to', a.scheduled_email_id, a.lead_id, a.campaign_id, s.id, a.at
    FROM answered a JOIN said s ON s.lead_id = a.lead_id`,
  /** Workers have looked at them long ago. */
  repairs: `INSERT INTO repairs (name, place, ended_at) SELECT $1, id, now() FROM emails ORDER BY id DESC LIMIT 1`,
} as const
