import { Client, type QueryResultRow } from 'pg'
import type { ChangeEffect } from '@/domain/campaign/changes/effect'
import { change } from './look-ups'
import type { Stage } from './stage'

type Place = Pick<Stage, 'url'>

// Beside the product: what each transaction did to each email, and which of them were changes of a campaign or saved a mailbox.
const LOG = `
  CREATE TABLE chaos_email_log (
    seq bigint GENERATED ALWAYS AS IDENTITY, xact xid8, id uuid, lead_id uuid, old_status text, new_status text,
    old_due timestamptz, new_due timestamptz, old_template uuid, new_template uuid);
  CREATE TABLE chaos_change_log (xact xid8, version int, effect jsonb);
  CREATE TABLE chaos_save_log (xact xid8);
  CREATE FUNCTION chaos_log_email() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos_email_log (xact, id, lead_id, old_status, new_status, old_due, new_due, old_template, new_template)
    VALUES (pg_current_xact_id(), COALESCE(NEW.id, OLD.id), COALESCE(NEW.lead_id, OLD.lead_id), OLD.status, NEW.status,
            OLD.scheduled_for, NEW.scheduled_for, OLD.template_id, NEW.template_id);
    RETURN NULL;
  END $$;
  CREATE FUNCTION chaos_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos_change_log VALUES (pg_current_xact_id(), NEW.version, NEW.effect);
    RETURN NULL;
  END $$;
  CREATE FUNCTION chaos_log_save() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos_save_log VALUES (pg_current_xact_id());
    RETURN NULL;
  END $$;
  CREATE TRIGGER chaos_saves AFTER UPDATE ON mailboxes FOR EACH ROW WHEN (NEW.settings_version <> OLD.settings_version)
    EXECUTE FUNCTION chaos_log_save();
  CREATE TRIGGER chaos_emails AFTER INSERT OR UPDATE OR DELETE ON scheduled_emails FOR EACH ROW EXECUTE FUNCTION chaos_log_email();
  CREATE TRIGGER chaos_changes AFTER INSERT ON campaign_changes FOR EACH ROW EXECUTE FUNCTION chaos_log_change();`

/** What the rows are is said beside the text of each look into the log. */
async function ask<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Has the database write down what happens to each email. */
export const keepChangeLog = (url: string) => change({ url }, LOG)

/** What a change did to its emails, by the log alone: from the first state in its transaction to the last. */
const DONE = `
  WITH net AS (
    SELECT l.xact, l.id, l.lead_id, (array_agg(l.old_status ORDER BY l.seq))[1] AS was_status, (array_agg(l.new_status ORDER BY l.seq DESC))[1] AS now_status,
           (array_agg(l.old_due ORDER BY l.seq))[1] AS was_due, (array_agg(l.new_due ORDER BY l.seq DESC))[1] AS is_due,
           (array_agg(l.old_template ORDER BY l.seq))[1] AS was_text, (array_agg(l.new_template ORDER BY l.seq DESC))[1] AS is_text
    FROM chaos_email_log l JOIN chaos_change_log c ON c.xact = l.xact GROUP BY 1, 2, 3)
  SELECT c.version, c.effect,
         count(*) FILTER (WHERE was_status = 'pending' AND now_status = 'pending' AND was_due <> is_due)::int AS retimed,
         count(*) FILTER (WHERE now_status = 'pending' AND was_status IS NOT NULL AND was_text <> is_text)::int AS reworded,
         count(*) FILTER (WHERE net.id IS NOT NULL AND was_status IS NULL)::int AS added,
         count(*) FILTER (WHERE was_status = 'pending' AND now_status IS DISTINCT FROM 'pending')::int AS removed,
         count(*) FILTER (WHERE was_status = 'cancelled' AND now_status = 'pending')::int AS returned,
         count(*) FILTER (WHERE was_status IN ('sent', 'sending', 'held'))::int AS touched
  FROM chaos_change_log c LEFT JOIN net ON net.xact = c.xact GROUP BY 1, 2 ORDER BY 1`

type Done = Record<'version' | 'retimed' | 'reworded' | 'added' | 'removed' | 'returned' | 'touched', number> & {
  effect: ChangeEffect
}

/** Settings of mailboxes that were saved, and what that did to emails: it says when they may leave, and moves none. */
const SAVES = `SELECT count(DISTINCT s.xact)::int AS count, count(l.id)::int AS emails
  FROM chaos_save_log s LEFT JOIN chaos_email_log l ON l.xact = s.xact`

/** How many changes did something else than they had said, and to how many emails they did what no change may. */
export async function judgeChanges({ url }: Place) {
  const done = await ask<Done>(url, DONE)
  const [saves = { count: 0, emails: 0 }] = await ask<{ count: number; emails: number }>(url, SAVES)
  const isAsSaid = ({ effect, ...is }: Done) =>
    is.retimed === effect.retimed.emails &&
    is.reworded === effect.reworded &&
    is.added === effect.added.emails &&
    is.removed === effect.removed.emails &&
    is.returned === effect.returned.emails
  return {
    changes: done.length,
    otherwise: done.filter((one) => !isAsSaid(one)),
    touched: done.reduce((sum, { touched }) => sum + touched, 0),
    saves,
    emails: done.reduce((sum, one) => sum + one.retimed + one.reworded + one.added + one.removed + one.returned, 0),
  }
}

/** What is wrong with the rows, whatever happened: everything must be 0. */
export async function selectFaults({ url }: Place): Promise<Faults> {
  const [faults] = await ask<Faults>(url, FAULTS)
  if (!faults) throw new Error('The look for faults has no row')
  return faults
}

type Faults = Record<'unbalanced' | 'unordered' | 'withinADay' | 'toTakenOut' | 'elsewhere' | 'outOfLine', number>

const FAULTS = `SELECT
      (SELECT count(*) FROM campaigns c WHERE c.emails_scheduled_count <> (SELECT count(*) FROM scheduled_emails)
        OR c.emails_sent_count <> (SELECT count(*) FROM scheduled_emails WHERE status = 'sent')
        OR (SELECT count(*) FROM scheduled_emails) <> (SELECT sum(count) FROM (
              SELECT count FROM scheduled_email_counts UNION ALL SELECT count FROM scheduled_email_count_changes) kept))::int AS unbalanced,
      (SELECT count(*) FROM scheduled_emails a JOIN scheduled_emails b ON b.lead_id = a.lead_id AND b.workflow_step_number > a.workflow_step_number
        WHERE a.status = 'sent' AND b.status = 'sent' AND b.sent_at <= a.sent_at)::int AS unordered,
      (SELECT count(*) FROM scheduled_emails a JOIN scheduled_emails b ON b.lead_id = a.lead_id AND b.id <> a.id
        WHERE a.status = 'sent' AND b.status = 'sent' AND b.sent_at >= a.sent_at AND b.sent_at < a.sent_at + interval '24 hours')::int AS "withinADay",
      (SELECT count(*) FROM scheduled_emails se JOIN campaign_taken_out_leads t ON t.lead_id = se.lead_id AND se.sending_since > t.at)::int AS "toTakenOut",
      (SELECT count(*) FROM scheduled_emails se WHERE NOT EXISTS (
          SELECT FROM campaign_mailboxes cm WHERE cm.campaign_id = se.campaign_id AND cm.mailbox_id = se.mailbox_id))::int AS elsewhere,
      (SELECT count(*) FROM (SELECT lead_id FROM scheduled_emails a WHERE status = 'pending' AND EXISTS (
          SELECT 1 FROM scheduled_emails b WHERE b.lead_id = a.lead_id AND b.workflow_step_number < a.workflow_step_number
            AND b.status = 'pending' AND b.scheduled_for >= a.scheduled_for)) planned)::int AS "outOfLine"`
