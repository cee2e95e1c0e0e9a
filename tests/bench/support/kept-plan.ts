import type { Pool } from 'pg'

// The planned rows, with every table that names one of them, and what is counted of them.
const EMPTY = 'TRUNCATE scheduled_emails, scheduled_email_counts, scheduled_email_count_changes CASCADE'

/** The planned rows themselves, as they were made, for the bare insert to make again. */
export async function keepAside(pool: Pool, campaignId: string): Promise<void> {
  await pool.query('DROP TABLE IF EXISTS kept')
  await pool.query(`CREATE UNLOGGED TABLE kept AS SELECT * FROM scheduled_emails WHERE campaign_id = '${campaignId}'`)
  await pool.query(EMPTY)
}

/** Inserts them, as bare as can be: without our triggers. */
export async function insertKept(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const trigger of await ownTriggers(pool))
      await client.query(`ALTER TABLE scheduled_emails DISABLE TRIGGER ${trigger}`)
    await client.query('INSERT INTO scheduled_emails SELECT * FROM kept')
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

async function ownTriggers(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'scheduled_emails'::regclass AND NOT tgisinternal`,
  )
  return rows.map(({ name }) => name)
}

/** Takes the campaign away, as if it had never been started. */
export async function clear(pool: Pool, campaignId: string): Promise<void> {
  await pool.query(EMPTY)
  await pool.query('UPDATE lead_batches SET active_campaign_id = NULL')
  await pool.query('DELETE FROM campaigns WHERE id = $1', [campaignId])
  for (const trigger of await ownTriggers(pool))
    await pool.query(`ALTER TABLE scheduled_emails ENABLE TRIGGER ${trigger}`)
}
