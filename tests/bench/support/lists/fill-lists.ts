import type { Pool } from 'pg'
import { createSeed } from '../seed'
import { fillYears } from './fill-years'

/** Sizes of a full house. */
const FULL = {
  campaigns: 10_000,
  leads: 200_000,
  emails: 1_000_000,
  batches: 300,
  templates: 300,
  workflows: 200,
  suppressions: 20_000,
  messages: 10_000,
  events: 50_000,
  runs: 9_000,
  strangers: 20_000,
}
/** Leads of each of the seven large campaigns: with three steps, two thirds of all emails. */
const LARGE_CAMPAIGNS = 7
const STEPS = 3
const SMALL_EMAILS = 30

/**
 * Fills the tables as years of use would: seven large campaigns (one running, one paused, the rest completed), thousands of
 * small ones, drafts, one batch of half of all leads, custom fields, answers, bounces, failures; and with them what a team does.
 */
export async function fillLists(pool: Pool, scale: number, note: (line: string) => void): Promise<void> {
  const of = (full: number) => Math.max(1, Math.round(full * scale))
  const seed = createSeed(pool)
  const mailboxId = await seed.mailbox('Lists', 20)
  const workflowId = await seed.workflow(STEPS)
  await pool.query(FILL.templates, [of(FULL.templates)])
  await pool.query(FILL.workflows, [of(FULL.workflows), STEPS])
  await pool.query(FILL.leads, [of(FULL.leads)])
  note(`${of(FULL.leads)} leads`)
  await pool.query(FILL.batches, [of(FULL.batches)])
  await pool.query(FILL.batchLeads, [of(FULL.leads) / 2, of(FULL.batches)])
  const large = Math.round((of(FULL.emails) * 2) / 3 / STEPS / LARGE_CAMPAIGNS)
  for (let i = 0; i < LARGE_CAMPAIGNS; i++) {
    const status = (['running', 'paused'] as const)[i] ?? 'completed'
    await pool.query(FILL.largeCampaign, [`Large ${i}`, workflowId, status, mailboxId, large, STEPS])
    note(`${(i + 1) * large * STEPS} emails`)
  }
  const small = Math.floor((of(FULL.emails) - LARGE_CAMPAIGNS * large * STEPS) / SMALL_EMAILS)
  await pool.query(FILL.smallCampaigns, [small, of(FULL.campaigns) - LARGE_CAMPAIGNS, workflowId, mailboxId])
  await pool.query(FILL.smallEmails, [SMALL_EMAILS / STEPS, STEPS, mailboxId, of(FULL.leads)])
  note(`${of(FULL.emails)} emails`)
  await pool.query(FILL.emails)
  await pool.query(FILL.suppressions, [of(FULL.suppressions)])
  await pool.query(FILL.messages, [of(FULL.messages)])
  await pool.query(FILL.events, [of(FULL.events)])
  await pool.query(FILL.reader, [mailboxId])
  await pool.query(FILL.replies)
  await pool.query(FILL.away)
  await pool.query(FILL.conversations, [mailboxId])
  await pool.query(FILL.strangers, [mailboxId, of(FULL.strangers)])
  await pool.query(FILL.runs, [of(FULL.runs)])
  await fillYears(pool, scale, { workflowId, mailboxId })
  note('and what a team did in years')
}

const LOREM = "repeat('We help teams like yours to see every delivery on one page. ', 20)"

const FILL = {
  templates: `INSERT INTO email_templates (name, subject, body_text, body_html)
    SELECT 'Template ' || i, 'A question ' || i || ' for {{ company_name }}', 'Hi {{ first_name }}, ' || ${LOREM}, '<p>' || ${LOREM} || '</p>'
    FROM generate_series(1, $1::int) i`,
  workflows: `WITH made AS (INSERT INTO workflows (name) SELECT 'Workflow ' || i FROM generate_series(1, $1::int) i RETURNING id)
    INSERT INTO workflow_steps (workflow_id, step_number, email_template_id, days_after_previous)
    SELECT made.id, step, (SELECT id FROM email_templates WHERE made.id IS NOT NULL ORDER BY random() LIMIT 1), CASE step WHEN 1 THEN 0 ELSE 2 END
    FROM made, generate_series(1, $2::int) step`,
  leads: `INSERT INTO leads (email, company_name, contact_name, first_name, last_name, job_title, city, country, industry, website, custom_fields,
                             status, emails_sent, last_contacted_at, created_at)
    SELECT 'lead' || i || '@company' || i % 50000 || '.example', CASE WHEN i % 50 > 0 THEN name || ' ' || trade || ' ' || i % 50000 END,
           'Ada ' || name || i, 'Ada', name || i, 'Head of Sales', 'Hamburg', 'DE', trade, 'https://company' || i % 50000 || '.example',
           (SELECT jsonb_object_agg('field_' || f, 'value ' || i) FROM generate_series(1, 20) f WHERE (i * 31 + f * 17) % 2 = 0),
           CASE WHEN i % 100 < 60 THEN 'contacted' WHEN i % 100 < 70 THEN 'follow_up_1' WHEN i % 100 < 73 THEN 'replied'
                WHEN i % 100 < 74 THEN 'bounced' WHEN i % 100 < 75 THEN 'unsubscribed' WHEN i % 1000 = 750 THEN 'interested' ELSE 'new' END,
           i % 4, CASE WHEN i % 4 > 0 THEN now() - make_interval(mins => i) END, now() - make_interval(mins => i)
    FROM generate_series(1, $1::int) i,
         LATERAL (SELECT (ARRAY['Keller', 'Winter', 'Sommer', 'Jansen', 'Ohlsen', 'Nordwind', 'Brandt', 'Falk', 'Engel', 'Roth', 'Lang', 'Vogel', 'Busch'])[1 + i % 13] AS name,
                         (ARRAY['Logistics', 'Hotels', 'Bakery', 'Software', 'Freight', 'Dental', 'Garden'])[1 + i % 7] AS trade) words`,
  batches: `INSERT INTO lead_batches (name, created_at) SELECT 'Batch ' || i, now() - make_interval(hours => i) FROM generate_series(1, $1::int) i`,
  batchLeads: `INSERT INTO batch_leads (batch_id, lead_id)
    SELECT b.id, l.id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM leads) l
    JOIN (SELECT id, row_number() OVER (ORDER BY created_at DESC) AS place FROM lead_batches) b
      ON b.place = CASE WHEN l.place <= $1::numeric THEN 1 ELSE 2 + (l.place % GREATEST(1, $2::int - 1)) END`,
  largeCampaign: `WITH made AS (
      INSERT INTO campaigns (name, workflow_id, status, actual_started_at, emails_scheduled_count, emails_failed_count, total_leads_targeted, created_at)
      VALUES ($1, $2, $3, now(), $5::int * $6::int, 1, $5::int, now() - interval '3 years') RETURNING id),
    box AS (INSERT INTO campaign_mailboxes (campaign_id, mailbox_id) SELECT id, $4::uuid FROM made)
    INSERT INTO scheduled_emails (id, campaign_id, lead_id, template_id, workflow_id, workflow_step_number, mailbox_id, message_id,
                                  scheduled_for, status, sent_at, failed_at, failure_reason, ended_at)
    SELECT mail.id, mail.campaign_id, mail.lead_id, mail.email_template_id, $2::uuid, mail.step_number, $4::uuid, '<' || mail.id || '@bench.example>',
           now() + make_interval(days => CASE WHEN mail.status = 'pending' THEN 2 + mail.step_number ELSE mail.step_number - 30 END, secs => mail.place / 10.0),
           mail.status, CASE mail.status WHEN 'sent' THEN now() - interval '20 days' END, CASE mail.status WHEN 'failed' THEN now() - interval '20 days' END,
           CASE mail.status WHEN 'failed' THEN '550 no such mailbox' WHEN 'skipped' THEN 'previous_step_not_delivered' END,
           CASE WHEN mail.status <> 'pending' THEN now() - interval '20 days' END
    FROM (SELECT uuidv7() AS id, made.id AS campaign_id, l.id AS lead_id, l.place, ws.step_number, ws.email_template_id,
                 CASE WHEN l.place % 50 = 0 THEN CASE ws.step_number WHEN 1 THEN 'failed' ELSE 'skipped' END
                      WHEN $3 <> 'completed' AND l.place > $5::int * 0.4 THEN 'pending' ELSE 'sent' END AS status
          FROM made, (SELECT id, row_number() OVER (ORDER BY id) AS place FROM leads ORDER BY id LIMIT $5::int) l, workflow_steps ws
          WHERE ws.workflow_id = $2 OFFSET 0) mail`,
  smallCampaigns: `INSERT INTO campaigns (name, campaign_type, workflow_id, status, actual_started_at, is_recurring, created_at, emails_scheduled_count)
    SELECT CASE WHEN i <= $1::int THEN 'Small ' ELSE 'Draft ' END || i, CASE WHEN i % 5 = 0 THEN 'fully_automated' WHEN i % 7 = 0 THEN 'lead_generation' ELSE 'outreach' END,
           CASE WHEN i % 3 = 0 THEN $3::uuid ELSE (SELECT id FROM workflows WHERE i > 0 ORDER BY random() LIMIT 1) END,
           CASE WHEN i > $1::int THEN 'draft' WHEN i % 10 = 0 THEN 'running' ELSE 'completed' END,
           now() - make_interval(hours => i), false, now() - make_interval(hours => i), 0
    FROM generate_series(1, $2::int) i WHERE $4::uuid IS NOT NULL`,
  smallEmails: `WITH c AS (
      SELECT c.id, c.workflow_id, c.status, row_number() OVER (ORDER BY c.id) AS place FROM campaigns c WHERE c.name LIKE 'Small %'),
    box AS (INSERT INTO campaign_mailboxes (campaign_id, mailbox_id) SELECT id, $3::uuid FROM c),
    batch AS (INSERT INTO campaign_batches (campaign_id, batch_id, started_at)
              SELECT c.id, b.id, now() FROM c JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all FROM lead_batches) b
                ON b.place = 1 + c.place % b.all)
    INSERT INTO scheduled_emails (campaign_id, lead_id, template_id, workflow_id, workflow_step_number, mailbox_id, message_id, scheduled_for,
                                  status, sent_at, ended_at)
    SELECT c.id, l.id, s.email_template_id, c.workflow_id, s.step_number, $3::uuid, '<' || c.place || '-' || which.place || '-' || s.step_number || '@bench.example>',
           now() + make_interval(days => CASE WHEN c.status = 'running' AND s.step_number > 1 THEN 2 + s.step_number ELSE s.step_number - 40 END),
           CASE WHEN c.status = 'running' AND s.step_number > 1 THEN 'pending' ELSE 'sent' END,
           CASE WHEN c.status = 'running' AND s.step_number > 1 THEN NULL ELSE now() - interval '30 days' END,
           CASE WHEN c.status = 'running' AND s.step_number > 1 THEN NULL ELSE now() - interval '30 days' END
    FROM c CROSS JOIN generate_series(1, $1::int) n
    CROSS JOIN LATERAL (SELECT 1 + (c.place * $1::int + n) % $4::int AS place) which
    JOIN leads l ON l.email = 'lead' || which.place || '@company' || which.place % 50000 || '.example'
    JOIN workflow_steps s ON s.workflow_id = c.workflow_id AND s.step_number <= $2::int`,
  emails: `INSERT INTO emails (id, campaign_id, lead_id, template_id, mailbox_id, message_id, from_email, to_email, subject, body_text, sent_at)
    SELECT id, campaign_id, lead_id, template_id, mailbox_id, message_id, 'lists@nexa.example', 'lead@company.example', 'A question', ${LOREM}, sent_at
    FROM scheduled_emails WHERE status = 'sent'`,
  suppressions: `INSERT INTO suppressions (kind, value, reason, source, created_at)
    SELECT CASE WHEN i % 20 = 0 THEN 'domain' ELSE 'address' END, CASE WHEN i % 20 = 0 THEN 'stop' || i || '.example' ELSE 'no' || i || '@stop.example' END,
           'manual', 'import', now() - make_interval(mins => i) FROM generate_series(1, $1::int) i`,
  messages: `INSERT INTO sandbox_messages (message_id, from_email, to_email, subject, raw, received_at)
    SELECT '<' || i || '@sandbox.example>', 'lists@nexa.example', 'lead' || i || '@company.example', 'A question ' || i, convert_to(${LOREM}, 'UTF8'),
           now() - make_interval(mins => i) FROM generate_series(1, $1::int) i`,
  events: `INSERT INTO campaign_events (campaign_id, at, kind, message)
    SELECT CASE WHEN i % 2 = 0 THEN (SELECT id FROM campaigns WHERE name = 'Large 0') ELSE c.id END, now() - make_interval(mins => i), 'paused', 'Paused'
    FROM generate_series(1, $1::int) i
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all FROM campaigns) c ON c.place = 1 + i % c.all`,
  reader: `INSERT INTO mailbox_readers (mailbox_id, imap_host, imap_port, last_read_at, next_read_at)
    VALUES ($1, 'imap.nexa.example', 993, now(), now() + interval '1 year')`,
  replies: `INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, size, kind, matched_by,
                                         scheduled_email_id, lead_id, campaign_id)
    SELECT se.mailbox_id, 'INBOX', 1, row_number() OVER (), '<' || se.id || '@reply.example>', '', now(), 2000, 'human', 'in_reply_to',
           se.id, se.lead_id, se.campaign_id
    FROM leads l JOIN scheduled_emails se ON se.lead_id = l.id AND se.workflow_step_number = 1 AND se.status = 'sent'
    WHERE l.status IN ('replied', 'interested')`,
  away: `UPDATE leads SET away_until = now() + interval '9 days' WHERE id IN (
      SELECT lead_id FROM scheduled_emails WHERE status = 'pending' AND workflow_step_number = 2 ORDER BY lead_id LIMIT (SELECT count(*) / 100 FROM leads))`,
  conversations: `INSERT INTO conversations (lead_id, mailbox_id, campaign_id, correspondent, subject, excerpt, last_in_at, last_in_kind, asked_at,
                               last_message_at, scope, done_at, snoozed_until, is_waiting, is_unread)
    SELECT id, $1::uuid, campaign_id, email, 'Re: A question ' || place, 'Thank you, please send the prices.', at, kind,
           CASE WHEN kind = 'human' THEN at END, at, scope, CASE WHEN scope = 'done' THEN now() END,
           CASE WHEN scope = 'open' AND place % 9 = 0 THEN now() + make_interval(hours => (place % 90 - 20)::int) END,
           scope = 'open', scope = 'open' AND place % 3 = 0
    FROM (SELECT l.id, l.email, l.place, se.campaign_id, now() - make_interval(mins => l.place::int) AS at,
                 CASE WHEN l.place % 100 < 15 THEN 'bounce' WHEN l.place % 100 < 40 THEN 'out_of_office' ELSE 'human' END AS kind,
                 CASE WHEN l.place % 100 < 10 THEN 'bounces' WHEN l.place % 100 BETWEEN 15 AND 29 THEN 'away'
                      WHEN l.place % 100 >= 97 THEN 'open' ELSE 'done' END AS scope
          FROM (SELECT id, email, row_number() OVER (ORDER BY id) AS place FROM leads) l
          CROSS JOIN LATERAL (SELECT campaign_id FROM scheduled_emails WHERE lead_id = l.id AND status = 'sent' LIMIT 1) se) c`,
  strangers: `INSERT INTO conversations (mailbox_id, correspondent, subject, excerpt, last_in_at, last_in_kind, asked_at, last_message_at, scope)
    SELECT $1::uuid, 'stranger' || i || '@elsewhere.example', 'Newsletter ' || i, 'News of the week', at, 'human', at, at, 'unmatched'
    FROM generate_series(1, $2::int) i, LATERAL (SELECT now() - make_interval(mins => i * 3) AS at) times`,
  runs: `INSERT INTO lead_generation_runs (campaign_id, batch_id, due_at, status, started_at, finished_at)
    SELECT c.id, b.id, now() - make_interval(hours => i), 'completed', now() - make_interval(hours => i), now() - make_interval(hours => i)
    FROM generate_series(1, $1::int) i
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all FROM campaigns WHERE campaign_type = 'fully_automated') c
      ON c.place = CASE WHEN i <= 300 THEN 1 ELSE 1 + i % c.all END
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS all FROM lead_batches) b ON b.place = 1 + i % b.all
    ON CONFLICT DO NOTHING`,
}
