import type { Pool } from 'pg'
import { createSeed } from '../seed'

/** What the tables keep beside campaigns, leads and emails, by what is kept for how long. */
const FULL = {
  imports: 2_000,
  /** Of imports of the last 90 days: leads, and rows that the largest of them has left out. */
  importedLeads: 60_000,
  refusals: 40_000,
  /** Of 60 days. */
  notifications: 50_000,
  /** Of 30 days, and leads that the latest has changed. */
  massActs: 200,
  massActLeads: 100_000,
  /** Of 400 days. */
  auditEntries: 1_000_000,
  replies: 30_000,
  removals: 5_000,
  sandboxAnswers: 5_000,
  changes: 100,
  /** Messages of one conversation, and as many notes and replies. */
  longConversation: 1_000,
}
/** What does not grow with what is sent: a team, its mailboxes, the requests of a run, the answers to one email. */
const PEOPLE = 40
const MAILBOXES = 60
const CALLS = 600
const ANSWERS_TO_ONE = 60
/** Leads of an act that was made on leads one by one, and of a change of a campaign. */
const CHOSEN = 10_000
const TAKEN_OUT = 200

/** Fills what comes with years of work by a team: who they are, what they imported, changed, answered and were told of. */
export async function fillYears(pool: Pool, scale: number, { workflowId, mailboxId }: Of): Promise<void> {
  const of = (full: number) => Math.max(1, Math.round(full * scale))
  await pool.query(FILL.people, [PEOPLE])
  await pool.query(FILL.sessions)
  await pool.query(FILL.invitations)
  await pool.query(FILL.views)
  await pool.query(FILL.mailboxes, [MAILBOXES])
  await pool.query(FILL.archive)
  await pool.query(FILL.changes, [of(FULL.changes), TAKEN_OUT])
  await pool.query(FILL.answers)
  await pool.query(FILL.answersOfConversations)
  await pool.query(FILL.longConversation, [of(FULL.longConversation)])
  await pool.query(FILL.notes, [of(FULL.longConversation)])
  await pool.query(FILL.replies, [of(FULL.replies)])
  await pool.query(FILL.imports, [of(FULL.imports)])
  await pool.query(FILL.largeImport, [of(FULL.importedLeads), of(FULL.refusals)])
  await pool.query(FILL.massActs, [of(FULL.massActs), Math.min(CHOSEN, of(2 * CHOSEN)), of(FULL.massActLeads)])
  await pool.query(FILL.notifications, [of(FULL.notifications)])
  await pool.query(FILL.audit, [of(FULL.auditEntries)])
  await pool.query(FILL.removals, [of(FULL.removals)])
  await pool.query(FILL.runSources)
  await pool.query(FILL.calls, [CALLS])
  await pool.query(FILL.sandboxAnswers, [mailboxId, of(FULL.sandboxAnswers), ANSWERS_TO_ONE])
  const { rows } = await pool.query('SELECT id FROM lead_batches ORDER BY created_at DESC LIMIT 1')
  await createSeed(pool).campaign('Next', { batchId: rows[0]?.id, workflowId, mailboxIds: [mailboxId] })
}

type Of = { workflowId: string; mailboxId: string }

const FILL = {
  people: `INSERT INTO users (id, name, email, role, removed_at, created_at)
    SELECT 'person-' || i, 'Person ' || i, 'person' || i || '@nexa.example', CASE WHEN i = 1 THEN 'owner' WHEN i % 10 = 4 THEN 'viewer' ELSE 'member' END,
           CASE WHEN i % 5 = 0 THEN now() END, now() - make_interval(days => 1000 - i) FROM generate_series(1, $1::int) i`,
  sessions: `INSERT INTO sessions (id, token, user_id, expires_at)
    SELECT u.id || '-' || i, u.id || '-' || i, u.id, now() + interval '7 days' FROM users u, generate_series(1, 5) i WHERE u.removed_at IS NULL`,
  invitations: `INSERT INTO invitations (email, role, token_hash, invited_by, created_at, expires_at, accepted_at)
    SELECT 'new' || i || '@nexa.example', 'member', 'hash ' || i, 'person-1', now(), now(), CASE WHEN i > 10 THEN now() END FROM generate_series(1, 50) i`,
  views: `INSERT INTO saved_views (user_id, list, name, query)
    SELECT u.id, list, 'View ' || i, 'status=replied' FROM users u, unnest(ARRAY['leads', 'campaigns']) list, generate_series(1, 50) i`,
  mailboxes: `WITH made AS (
      INSERT INTO mailboxes (name, kind, from_name, from_email, smtp_security)
      SELECT 'Mailbox ' || i, 'environment', 'Sam Hill', 'sam' || i || '@nexa.example', 'none' FROM generate_series(1, $1::int) i RETURNING id),
    checks AS (INSERT INTO mailbox_checks (mailbox_id, name, outcome, message, checked_at)
               SELECT id, name, 'ok', 'It is as it should be.', now() FROM made, unnest(ARRAY['smtp', 'imap', 'spf', 'dkim', 'dmarc']) name)
    INSERT INTO mailbox_readers (mailbox_id, imap_host, imap_port, last_read_at, next_read_at)
    SELECT id, 'imap.nexa.example', 993, now(), now() + interval '1 year' FROM made`,
  archive: `UPDATE campaigns SET archived_at = now() WHERE id IN (
      SELECT id FROM (SELECT id, row_number() OVER (ORDER BY created_at) AS place FROM campaigns
                      WHERE status IN ('completed', 'draft') AND name NOT LIKE 'Large%') c WHERE c.place % 3 = 0)`,
  changes: `INSERT INTO campaign_changes (campaign_id, version, at, actor, change, effect)
    SELECT c.id, i + 1, now() - make_interval(hours => 1000 - i), 'person-' || 1 + i % 40,
           jsonb_build_object('steps', jsonb_build_object('before', steps.all, 'after', steps.all), 'takeOutLeadIds', taken.ids,
                              'putBackLeadIds', '[]'::jsonb, 'addBatchIds', '[]'::jsonb, 'addMailboxIds', '[]'::jsonb),
           jsonb_build_object('timezone', 'UTC', 'retimed', none, 'reworded', 0, 'added', none, 'removed', none, 'returned', none, 'stay', i,
                              'leftOut', '[]'::jsonb, 'editedSteps', '[]'::jsonb, 'stayOut', 0, 'mark', '',
                              'days', (SELECT jsonb_agg(jsonb_build_object('day', '2026-01-01', 'before', '{}'::jsonb, 'after', '{}'::jsonb)) FROM generate_series(1, 90)))
    FROM generate_series(1, $1::int) i, campaigns c,
      LATERAL (SELECT jsonb_build_object('emails', i, 'leads', i, 'firstAt', NULL, 'lastAt', NULL) AS none) nothing,
      LATERAL (SELECT jsonb_agg(jsonb_build_object('templateId', s.email_template_id, 'daysAfterPrevious', s.days_after_previous, 'replyInThread', false,
                                                   'was', s.step_number) ORDER BY s.step_number) AS all
               FROM workflow_steps s WHERE s.workflow_id = c.workflow_id) steps,
      LATERAL (SELECT jsonb_agg(l.id) AS ids FROM (SELECT id FROM leads LIMIT $2::int) l) taken
    WHERE c.name = 'Large 0'`,
  // Of one conversation in five; its campaign's first email was answered.
  answers: `INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, from_email, subject, new_text, body_text,
                                          size, kind, matched_by, scheduled_email_id, lead_id, campaign_id)
    SELECT c.mailbox_id, 'INBOX', 2, row_number() OVER (), '<' || c.id || '@answer.example>', '', c.last_in_at, c.correspondent, c.subject, c.excerpt, c.excerpt,
           2000, c.last_in_kind, 'in_reply_to', se.id, c.lead_id, c.campaign_id
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM conversations WHERE lead_id IS NOT NULL) c
    JOIN scheduled_emails se ON se.campaign_id = c.campaign_id AND se.lead_id = c.lead_id AND se.workflow_step_number = 1
    WHERE c.place % 5 = 0`,
  answersOfConversations: `UPDATE received_messages r SET conversation_id = c.id FROM conversations c WHERE c.lead_id = r.lead_id`,
  longConversation: `INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, from_email, subject, new_text,
                                                   body_text, size, kind, matched_by, lead_id, conversation_id)
    SELECT c.mailbox_id, 'INBOX', 3, i, '<long' || i || '@answer.example>', '', now() - make_interval(hours => i), c.correspondent, c.subject, t.text, t.text,
           9000, 'human', 'sender', c.lead_id, c.id
    FROM (SELECT * FROM conversations WHERE lead_id IS NOT NULL ORDER BY id LIMIT 1) c, generate_series(1, $1::int) i,
      LATERAL (SELECT repeat('Please send the prices of ' || i || '. ', 300) AS text) t`,
  notes: `INSERT INTO conversation_notes (conversation_id, author_id, author_name, text, created_at)
    SELECT c.id, 'person-1', 'Person 1', 'They asked again.', now() - make_interval(hours => i)
    FROM (SELECT id FROM conversations WHERE lead_id IS NOT NULL ORDER BY id LIMIT 1) c, generate_series(1, $1::int) i`,
  replies: `INSERT INTO replies (mailbox_id, received_message_id, lead_id, scheduled_email_id, conversation_id, message_id, from_email, from_name, to_emails, subject,
                                body_text, status, due_at, sent_at, ended_at, written_by, created_at, updated_at)
    SELECT r.mailbox_id, r.id, r.lead_id, r.scheduled_email_id, r.conversation_id, '<re' || r.id || '@nexa.example>', 'lists@nexa.example', 'Ada Winter',
           ARRAY['lead@company.example'], 'Re: A question', 'Thank you, here they are.', 'sent', r.received_at, r.received_at, r.received_at,
           'person-1', r.received_at, r.received_at
    FROM received_messages r WHERE r.kind = 'human' ORDER BY r.uid_validity DESC, r.id LIMIT $1::int`,
  imports: `INSERT INTO lead_imports (status, file_name, size, by_id, reading, batch_id, batch_name, total_rows, place, added, existing, duplicate, invalid,
                                     accepted_at, created_at, started_at, touched_at, finished_at)
    SELECT 'done', 'leads ' || i || '.csv', 100000, 'person-' || 1 + i % 40, '{"columns": []}', b.id, b.name, 500, 500, 400, 50, 30, 20, at, at, at, at, at
    FROM generate_series(1, $1::int) i, LATERAL (SELECT now() - make_interval(hours => 12 * i) AS at) times,
      LATERAL (SELECT id, name FROM lead_batches WHERE i > 0 ORDER BY id LIMIT 1) b`,
  largeImport: `WITH made AS (
      INSERT INTO lead_imports (status, file_name, size, by_id, reading, total_rows, place, added, duplicate, accepted_at, created_at, started_at, touched_at, finished_at)
      VALUES ('done', 'large.csv', 9000000, 'person-1', '{"columns": []}', $1::int + $2::int, $1::int + $2::int, $1::int, $2::int, now(), now(), now(), now(), now()) RETURNING id),
    came AS (INSERT INTO lead_import_leads (import_id, lead_id, added, joined)
             SELECT made.id, l.id, true, false FROM made, (SELECT id FROM leads ORDER BY id DESC LIMIT $1::int) l)
    INSERT INTO lead_import_refusals (import_id, line, kind, email, problem, cells)
    SELECT made.id, i, 'duplicate', 'lead' || i || '@twice.example', 'It stands in line ' || i || ' already.', ARRAY['lead' || i || '@twice.example', 'Ada', 'Winter', 'Hamburg']
    FROM made, generate_series(1, $2::int) i`,
  massActs: `WITH newest AS (SELECT id FROM leads ORDER BY id DESC LIMIT 1),
    made AS (
      INSERT INTO mass_acts (kind, filter, choice, state, total, last_lead_id, done, changed, actor, created_at, ended_at)
      SELECT 'status', '{}', '{"status": "interested"}', 'done', $2::int, newest.id,
             $2::int, $2::int, 'person-1', now() - make_interval(hours => $1::int - i), now()
      FROM newest, generate_series(1, $1::int) i RETURNING id)
    INSERT INTO mass_act_leads (mass_act_id, lead_id, was, changed_at)
    SELECT (SELECT id FROM made ORDER BY id DESC LIMIT 1), l.id, 'new', now() FROM leads l ORDER BY l.id LIMIT $3::int`,
  // Half of them to one person; a second one wants them by email alone, a third has read all.
  notifications: `INSERT INTO notifications (user_id, kind, occurrence, at, campaign_id, mailbox_id, message_id, in_app, read_at, email)
    SELECT who.id, CASE WHEN i % 50 = 0 THEN 'campaign_ended' ELSE 'reply' END, 'of ' || i, now() - make_interval(mins => i), r.campaign_id, NULL,
           CASE WHEN i % 50 > 0 THEN r.id END, who.id <> 'person-2', CASE WHEN who.id <> 'person-1' OR i % 100 < 98 THEN now() END,
           CASE who.id WHEN 'person-2' THEN 'sent' ELSE 'none' END
    FROM generate_series($1::int, 1, -1) i
    JOIN (SELECT id, campaign_id, row_number() OVER (ORDER BY id) AS place FROM received_messages WHERE kind = 'human') r
      ON r.place = 1 + i % (SELECT count(*) FROM received_messages WHERE kind = 'human'),
      LATERAL (SELECT 'person-' || CASE WHEN i % 4 < 2 THEN 1 WHEN i % 4 = 2 THEN 2 ELSE 3 + i / 4 % 3 END AS id) who
    ORDER BY i DESC`,
  audit: `INSERT INTO audit_entries (at, act, outcome, actor_id, actor_name, subject, ip_address, user_agent)
    SELECT now() - make_interval(secs => i * 34.0),
           CASE WHEN i % 20000 = 19 THEN 'member_removed' WHEN i % 100 = 0 THEN 'campaign_started' WHEN i % 3 = 0 THEN 'signed_in'
                WHEN i % 3 = 1 THEN 'reply_written' ELSE 'conversation_assigned' END,
           CASE WHEN i % 20000 = 77 THEN 'failed' WHEN i % 700 = 1 THEN 'refused' ELSE 'done' END,
           'person-' || 1 + i % 40, 'Person ' || 1 + i % 40, 'Subject ' || i, '203.0.113.7', 'Mozilla/5.0 (X11; Linux x86_64)'
    FROM generate_series($1::int, 1, -1) i`,
  removals: `INSERT INTO suppression_removals (kind, value, reason, source, suppressed_at, removed_at, removed_by, removed_by_name, why)
    SELECT 'address', 'back' || i || '@stop.example', 'manual', 'import', now() - interval '1 year', now() - make_interval(mins => i), 'person-1', 'Person 1', 'They asked for it.'
    FROM generate_series(1, $1::int) i`,
  runSources: `INSERT INTO lead_generation_run_sources (run_id, source, status, cap, found, added, requests)
    SELECT r.id, source, 'completed', 100, 50, 50, 10 FROM lead_generation_runs r, unnest(ARRAY['apollo', 'google_places', 'hunter']) source`,
  calls: `INSERT INTO lead_generation_calls (run_id, source, api, seq, kind, paid, params, refs, status, asked_at, answered_at, found)
    SELECT r.id, 'apollo', 'apollo', i, 'people', true, '{}', ARRAY['person ' || i], CASE WHEN i % 100 = 0 THEN 'in_doubt' ELSE 'answered' END, now(), now(), 1
    FROM (SELECT id FROM lead_generation_runs ORDER BY id LIMIT 1) r, generate_series(1, $1::int) i`,
  sandboxAnswers: `WITH answered AS (
      INSERT INTO sandbox_messages (message_id, from_email, to_email, subject, raw, received_at)
      SELECT se.message_id, 'lists@nexa.example', l.email, 'A question', '', now() - interval '1 year'
      FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id JOIN campaigns c ON c.id = se.campaign_id
      WHERE c.name = 'Large 0' AND se.status = 'sent' ORDER BY se.id LIMIT 1 RETURNING id),
    others AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM sandbox_messages)
    INSERT INTO sandbox_answers (mailbox_id, sandbox_message_id, kind, raw, received_at)
    SELECT $1::uuid, m.id, 'reply', ''::bytea, now() - make_interval(mins => i) FROM generate_series(1, $2::int) i JOIN others m ON m.place = 1 + i % (SELECT count(*) FROM others)
    UNION ALL
    SELECT $1::uuid, answered.id, 'reply', ''::bytea, now() FROM answered, generate_series(1, $3::int)`,
}
