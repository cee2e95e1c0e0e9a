import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { isOpenImport } from '../lead-imports/is-open'
import { countsOf } from './select-ledger'

/** A text that differs as soon as something has changed of what `topic` shows. */
export type Mark = { topic: string; mark: string }

/**
 * Marks of campaigns: their state, counts, latest run and latest event. Counts are weighed by what they count, so that it changes
 * nothing when the database sums them up. A campaign that is not there has none.
 */
export const selectCampaignMarks = (sql: Sql, campaignIds: readonly string[]) =>
  query<Mark>(sql)`
  SELECT 'campaign:' || c.id AS topic,
         md5(concat_ws('|', c.status, c.updated_at, counted.sum, event.id, run.facts)) AS mark
  FROM campaigns c
  LEFT JOIN LATERAL (
    SELECT sum(hashtextextended(concat_ws('|', workflow_step_number, status, day), 0)::numeric * count) AS sum
    FROM ${countsOf(Prisma.sql`= c.id`)}
  ) counted ON true
  LEFT JOIN LATERAL (
    SELECT id FROM campaign_events WHERE campaign_id = c.id ORDER BY at DESC, id DESC LIMIT 1
  ) event ON true
  LEFT JOIN LATERAL (
    SELECT concat_ws('|', r.id, r.status, sum(s.requests), sum(s.found), count(s.finished_at)) AS facts
    FROM (SELECT id, status FROM lead_generation_runs WHERE campaign_id = c.id ORDER BY due_at DESC LIMIT 1) r
    LEFT JOIN lead_generation_run_sources s ON s.run_id = r.id
    GROUP BY r.id, r.status
  ) run ON true
  WHERE c.id = ANY(${[...campaignIds]}::uuid[])`

/** Mark of the inbox: the latest message, note and answer of anybody's. Their ids ascend, and the index of each begins at the latest. */
export const selectInboxMark = (sql: Sql) =>
  query<Mark>(sql)`
  SELECT 'inbox' AS topic, concat_ws('|',
    (SELECT id FROM received_messages ORDER BY id DESC LIMIT 1),
    (SELECT id FROM conversation_notes ORDER BY id DESC LIMIT 1),
    (SELECT id FROM replies ORDER BY id DESC LIMIT 1),
    (SELECT last_message_at FROM conversations ORDER BY last_message_at DESC, id DESC LIMIT 1)) AS mark`

/** Mark of the mailboxes: their settings, and how they and their ways in are. */
export const selectMailboxesMark = (sql: Sql) =>
  query<Mark>(sql)`
  SELECT 'mailboxes' AS topic,
         md5(string_agg(concat_ws('|', m.id, m.settings_version, m.health, m.health_reason, m.tested_at, r.health, r.health_reason), ',' ORDER BY m.id)) AS mark
  FROM mailboxes m LEFT JOIN mailbox_readers r ON r.mailbox_id = m.id`

/** Mark of what people are told of: the latest of anybody. */
export const selectNotificationsMark = (sql: Sql) =>
  query<Mark>(sql)`
  SELECT 'notifications' AS topic, (SELECT id::text FROM notifications ORDER BY id DESC LIMIT 1) AS mark`

/** Mark of the acts on many leads: how far those at work are, and which ended last. */
export const selectMassActsMark = (sql: Sql) =>
  query<Mark>(sql)`
  SELECT 'mass_acts' AS topic, concat_ws('|',
    (SELECT string_agg(concat_ws(' ', id, done, changed), ',' ORDER BY id) FROM mass_acts WHERE state = 'working'),
    (SELECT concat_ws(' ', id, ended_at, state) FROM mass_acts WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT 1)) AS mark`

/** Mark of the imports: when somebody worked on one last, and how many there are open. */
export const selectImportsMark = (sql: Sql) =>
  query<Mark>(sql)`
  SELECT 'imports' AS topic, concat_ws('|',
    (SELECT concat_ws('|', touched_at, id, status, place) FROM lead_imports ORDER BY touched_at DESC LIMIT 1),
    (SELECT count(*) FROM lead_imports WHERE ${isOpenImport})) AS mark`
