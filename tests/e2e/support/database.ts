import { Client, type QueryResultRow } from 'pg'

export type Database = Awaited<ReturnType<typeof openDatabase>>

export const EMAIL_STATUSES = ['pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled'] as const
export type Ledger = Record<(typeof EMAIL_STATUSES)[number] | 'planned', number>

const countsByStatus = EMAIL_STATUSES.map((one) => `count(*) FILTER (WHERE status = '${one}')::int AS ${one}`).join(
  ', ',
)

/** Columns that nobody has named the types of: to be compared as they are. */
type AnyRow = Record<string, unknown>

/**
 * The database behind the screens, read directly: texts of screens are compared with it. What more than a comparison needs
 * is a look-up with a name, its row's type beside its text.
 */
export async function openDatabase(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  const select = async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await client.query<Row>(sql, values)).rows
  const selectOne = async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) => {
    const [row] = await select<Row>(sql, values)
    if (!row) throw new Error(`Nothing found by: ${sql}`)
    return row
  }
  const rows = (sql: string, values?: unknown[]) => select<AnyRow>(sql, values)
  const one = (sql: string, values?: unknown[]) => selectOne<AnyRow>(sql, values)
  const count = async (from: string, values: unknown[] = []) =>
    (await selectOne<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, values)).n
  return {
    rows,
    one,
    count,
    campaign: (id: string) => one('SELECT * FROM campaigns WHERE id = $1', [id]),
    statusOf: async (id: string) =>
      (await selectOne<{ status: string }>('SELECT status FROM campaigns WHERE id = $1', [id])).status,
    ledgerOf: (id: string, step?: number) =>
      selectOne<Ledger>(
        `SELECT count(*)::int AS planned, ${countsByStatus} FROM scheduled_emails
         WHERE campaign_id = $1 AND ($2::int IS NULL OR workflow_step_number = $2)`,
        [id, step ?? null],
      ),
    /** Id of the first row of a table, or of what else stands after FROM. */
    idOf: async (from: string) => (await selectOne<{ id: string }>(`SELECT id FROM ${from} LIMIT 1`)).id,
    idsOf: async (from: string) => (await select<{ id: string }>(`SELECT id FROM ${from}`)).map(({ id }) => id),
    /** When the campaign's next run is due. */
    nextRunOf: async (id: string) =>
      (await selectOne<{ at: Date | null }>('SELECT next_run_at AS at FROM campaigns WHERE id = $1', [id])).at,
    /** The campaign's first run, and the leads that it added. */
    firstRunOf: (id: string) =>
      selectOne<{ id: string; batch_id: string; added: number }>(
        `SELECT r.id, r.batch_id, sum(s.added)::int AS added FROM lead_generation_runs r
         JOIN lead_generation_run_sources s ON s.run_id = r.id WHERE r.campaign_id = $1 GROUP BY r.id ORDER BY r.due_at LIMIT 1`,
        [id],
      ),
    /** When the last email of a step is due. */
    lastDueOf: async (id: string, step: number) =>
      (
        await selectOne<{ due: Date }>(
          'SELECT max(scheduled_for) AS due FROM scheduled_emails WHERE campaign_id = $1 AND workflow_step_number = $2',
          [id, step],
        )
      ).due,
    /** When the steps after the first are due, lead by lead. */
    laterTimesOf: (id: string) =>
      select<{ lead_id: string; at: Date[] }>(
        `SELECT lead_id, array_agg(scheduled_for ORDER BY workflow_step_number) AS at FROM scheduled_emails
         WHERE campaign_id = $1 AND workflow_step_number > 1 GROUP BY 1 ORDER BY 1`,
        [id],
      ),
    /** The Message-ID of the only email that this address got. */
    messageIdTo: async (to: string) =>
      (await selectOne<{ message_id: string }>('SELECT message_id FROM sandbox_messages WHERE to_email = $1', [to]))
        .message_id,
    firstMessage: async () =>
      (await selectOne<{ raw: Buffer }>('SELECT raw FROM sandbox_messages ORDER BY received_at LIMIT 1')).raw,
    insertRun: async (run: {
      campaignId: string
      batchId: string | null
      due: string
      status: string
      outreachAt: string | null
      plannedAt: string | null
    }) =>
      (
        await selectOne<{ id: string }>(
          `INSERT INTO lead_generation_runs (campaign_id, batch_id, due_at, status, started_at, finished_at, outreach_at, planned_at)
           VALUES ($1, $2, $3, $4, $3, $3::timestamptz + interval '2 minutes', $5, $6) RETURNING id`,
          [run.campaignId, run.batchId, run.due, run.status, run.outreachAt, run.plannedAt],
        )
      ).id,
    close: () => client.end(),
  }
}
