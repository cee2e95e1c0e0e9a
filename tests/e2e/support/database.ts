import { Client, type QueryResultRow } from 'pg'

export type Database = Awaited<ReturnType<typeof openDatabase>>

export const EMAIL_STATUSES = ['pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled'] as const
export type Ledger = Record<(typeof EMAIL_STATUSES)[number] | 'planned', number>

const countsByStatus = EMAIL_STATUSES.map((one) => `count(*) FILTER (WHERE status = '${one}')::int AS ${one}`).join(
  ', ',
)

/** The database behind the screens, read directly: texts of screens are compared with it. */
export async function openDatabase(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  const rows = async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await client.query<Row>(sql, values)).rows
  const one = async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) => {
    const [row] = await rows<Row>(sql, values)
    if (!row) throw new Error(`Nothing found by: ${sql}`)
    return row
  }
  const count = async (from: string, values: unknown[] = []) =>
    (await one<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, values)).n
  return {
    rows,
    one,
    count,
    campaign: (id: string) => one<Record<string, unknown>>('SELECT * FROM campaigns WHERE id = $1', [id]),
    statusOf: async (id: string) =>
      (await one<{ status: string }>('SELECT status FROM campaigns WHERE id = $1', [id])).status,
    ledgerOf: (id: string, step?: number) =>
      one<Ledger>(
        `SELECT count(*)::int AS planned, ${countsByStatus} FROM scheduled_emails
         WHERE campaign_id = $1 AND ($2::int IS NULL OR workflow_step_number = $2)`,
        [id, step ?? null],
      ),
    close: () => client.end(),
  }
}
