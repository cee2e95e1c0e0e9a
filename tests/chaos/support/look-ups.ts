import { Client, type QueryResultRow } from 'pg'
import { type Ledger, ledgerOf } from '@/domain/campaign/progress'
import type { CallStatus } from '@/domain/lead-generation/run'
import { KINDS } from './kinds'
import type { Stage } from './stage'

type Place = Pick<Stage, 'url'>

/** A statement on a connection of its own: it needs nothing of what a run may have broken. Rows are not read from it. */
export async function change({ url }: Place, sql: string, values: unknown[] = []): Promise<void> {
  await ask(url, sql, values)
}

/** What the rows are is said here alone, beside the text of each look-up. */
async function ask<Row extends QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

async function askOne<Row extends QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row> {
  const [row] = await ask<Row>(url, sql, values)
  if (!row) throw new Error(`Nothing found by: ${sql}`)
  return row
}

/** Status of the only campaign. */
export const selectStatus = async ({ url }: Place) =>
  (await askOne<{ status: string }>(url, 'SELECT status FROM campaigns')).status

export async function readLedger({ url }: Place): Promise<Ledger> {
  return ledgerOf(await ask(url, 'SELECT status, count(*)::int AS count FROM scheduled_emails GROUP BY status'))
}

/** Every planned email with its address, state, due time and attempts. */
export const selectEmails = ({ url }: Place) =>
  ask<{ id: string; message_id: string; email: string; status: string; scheduled_for: Date; retries: number }>(
    url,
    `SELECT se.id, se.message_id, l.email, se.status, se.scheduled_for, se.retry_count AS retries
     FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id`,
  )

export const selectHeldEmails = ({ url }: Place) =>
  ask<{ id: string; message_id: string }>(url, "SELECT id, message_id FROM scheduled_emails WHERE status = 'held'")

/** Emails that are pending or sending; `stuck` are those whose lease has been over for so long. */
export const selectOpenEmails = ({ url }: Place, stuckMs: number) =>
  ask<{ id: string; stuck: boolean }>(
    url,
    `SELECT id, COALESCE(lease_until < clock_timestamp() - $1 * interval '1 millisecond', false) AS stuck
     FROM scheduled_emails WHERE status IN ('pending', 'sending')`,
    [stuckMs],
  )

/** Count of pending emails that are due. */
export const countDue = async ({ url }: Place, now: Date) =>
  (
    await askOne<{ n: number }>(
      url,
      "SELECT count(*)::int AS n FROM scheduled_emails WHERE status = 'pending' AND scheduled_for <= $1",
      [now],
    )
  ).n

/** When the next pending email may leave, by its due time and its mailbox's pace; null without any. */
export const selectNextDeparture = async ({ url }: Place) =>
  (
    await askOne<{ at: Date | null }>(
      url,
      `SELECT min(GREATEST(se.scheduled_for, m.next_send_at)) AS at FROM scheduled_emails se
       JOIN mailboxes m ON m.id = se.mailbox_id WHERE se.status = 'pending'`,
    )
  ).at

/** Attempts used in all, and emails and leads that anything was done with. */
export const selectTouched = ({ url }: Place) =>
  askOne<{ attempts: number; emails: number; leads: number }>(
    url,
    `SELECT (SELECT COALESCE(sum(retry_count), 0)::int FROM scheduled_emails) AS attempts,
            (SELECT count(*)::int FROM scheduled_emails WHERE status <> 'pending' OR claim > 0 OR retry_count > 0) AS emails,
            (SELECT count(*)::int FROM leads WHERE status <> 'new' OR emails_sent > 0 OR last_contacted_at IS NOT NULL) AS leads`,
  )

/** Count of send jobs that wait or are at work. */
export const countSendJobs = async ({ url }: Place) =>
  (
    await askOne<{ jobs: number }>(
      url,
      "SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'send-mailbox' AND state IN ('created', 'retry', 'active')",
    )
  ).jobs

/** When each tick was sent, by the server's true time, and whether the queue kept it; noted by `wrong-clocks`. */
export const selectTicks = ({ url }: Place) =>
  ask<{ at: Date; kept: boolean }>(url, 'SELECT at, kept FROM public.chaos_ticks ORDER BY at')

/** Seconds by which the time that the engine reads from the database is off. */
export const selectClockError = async ({ url }: Place) =>
  (
    await askOne<{ off: number }>(
      url,
      'SELECT extract(epoch FROM clock_timestamp() - pg_catalog.clock_timestamp())::int AS off',
    )
  ).off

/** Count of calls to lead sources, by state. */
export const selectCallCounts = async ({ url }: Place) =>
  new Map(
    (
      await ask<{ status: CallStatus; n: number }>(
        url,
        'SELECT status, count(*)::int AS n FROM lead_generation_calls GROUP BY status',
      )
    ).map(({ status, n }) => [status, n]),
  )

/** The only run of lead generation; `open` while it is not over. */
export const selectRun = ({ url }: Place) =>
  askOne<{ id: string; open: boolean }>(
    url,
    "SELECT id, status IN ('pending', 'running') AS open FROM lead_generation_runs",
  )

/** What the run's sources have found, by the ledger, and the leads of its batch. */
export const selectRunYield = ({ url }: Place) =>
  askOne<{ found: number; added: number; in_doubt: number; leads: number; runs: number }>(
    url,
    `SELECT sum(s.found)::int AS found, sum(s.added)::int AS added, sum(s.in_doubt)::int AS in_doubt,
            (SELECT count(*)::int FROM batch_leads) AS leads, (SELECT count(*)::int FROM lead_generation_runs) AS runs
     FROM lead_generation_run_sources s`,
  )

/** Leads found, by the journal of the calls. */
export const countFoundByCalls = async ({ url }: Place) =>
  (await askOne<{ found: number }>(url, 'SELECT sum(found)::int AS found FROM lead_generation_calls')).found

/** What was asked of Apollo and may have been paid for, with the state of its call. */
export const selectApolloRefs = ({ url }: Place) =>
  ask<{ ref: string; status: CallStatus }>(
    url,
    `SELECT unnest(refs) AS ref, status FROM lead_generation_calls WHERE source = 'apollo' AND status IN ('answered', 'in_doubt')`,
  )

/** The address of each lead. */
export const selectAddresses = async ({ url }: Place) =>
  (await ask<{ email: string }>(url, 'SELECT email FROM leads')).map(({ email }) => email)

/** Emails that are on the wire or next in turn at their mailbox, so many of each, with their recipients. */
export const selectNextUp = ({ url }: Place, each: number) =>
  ask<{ id: string; email: string }>(
    url,
    `SELECT id, email FROM (
       SELECT se.id, l.email, row_number() OVER (PARTITION BY se.mailbox_id ORDER BY se.status DESC, se.scheduled_for, se.id) AS place
       FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
       WHERE se.status IN ('pending', 'sending') AND se.workflow_step_number = 1) AS next
     WHERE place <= $1`,
    [each],
  )

/** First emails, and later ones, by state and by whether their recipient is unsubscribed, with and without a suppression. */
export const countByConsent = ({ url }: Place) =>
  ask<{ first: boolean; status: string; unsubscribed: boolean; suppressed: boolean; n: number }>(
    url,
    `SELECT se.workflow_step_number = 1 AS first, se.status, l.status = 'unsubscribed' AS unsubscribed,
            EXISTS (SELECT 1 FROM suppressions s WHERE s.value = l.email) AS suppressed, count(*)::int AS n
     FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id GROUP BY 1, 2, 3, 4`,
  )

/** Recipients who were on the suppression list in the snapshot that was taken as their email began. */
export const selectBegunAfterNo = async (
  { url }: Place,
  begun: readonly { email: string; snapshot: string }[],
): Promise<string[]> =>
  (
    await ask<{ email: string }>(
      url,
      `SELECT begun.email FROM unnest($1::text[], $2::text[]) AS begun (email, snapshot)
       JOIN suppressions s ON s.value = begun.email
       WHERE pg_visible_in_snapshot(s.xmin::text::xid8, begun.snapshot::pg_snapshot)`,
      [begun.map(({ email }) => email), begun.map(({ snapshot }) => snapshot)],
    )
  ).map(({ email }) => email)

/** A digest of each table's rows: two are equal where nothing was written in between. */
export async function digestTables({ url }: Place): Promise<Map<string, string>> {
  const tables = await ask<{ name: string }>(
    url,
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  )
  const digests = new Map<string, string>()
  for (const { name } of tables) {
    const sql = `SELECT md5(COALESCE(string_agg(t::text, ' ' ORDER BY t::text), '')) AS digest FROM ${name} t`
    digests.set(name, (await askOne<{ digest: string }>(url, sql)).digest)
  }
  return digests
}

/** Ids of up to 20 rows of each kind that people ask for. */
export async function selectIds({ url }: Place): Promise<Record<string, string[]>> {
  const kinds = Object.entries(KINDS).map(async ([kind, table]) => {
    const rows = await ask<{ id: string }>(url, `SELECT id FROM ${table} ORDER BY id DESC LIMIT 20`)
    return rows.length > 0 ? [[kind, rows.map(({ id }) => id)] as const] : []
  })
  return Object.fromEntries((await Promise.all(kinds)).flat())
}

/** The ledger of each campaign, counted from its emails. */
export async function countEmailsByCampaign({ url }: Place): Promise<{ id: string; ledger: Ledger }[]> {
  const rows = await ask<{ id: string; counts: Parameters<typeof ledgerOf>[0] | null }>(
    url,
    `SELECT c.id, (SELECT json_agg(json_build_object('status', e.status, 'count', e.n)) FROM (
       SELECT status, count(*)::int AS n FROM scheduled_emails WHERE campaign_id = c.id GROUP BY status) e) AS counts
     FROM campaigns c`,
  )
  return rows.map(({ id, counts }) => ({ id, ledger: ledgerOf(counts ?? []) }))
}

/** All rows of all tables as text, also those of the queue. */
export async function dumpTables({ url }: Place): Promise<string> {
  const tables = await ask<{ name: string }>(
    url,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(url, `SELECT t::text AS row FROM ${name} t`)
    parts.push(name, ...rows.map(({ row }) => row))
  }
  return parts.join('\n')
}
