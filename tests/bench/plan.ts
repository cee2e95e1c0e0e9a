import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { openBench } from './support/bench-deps'
import { type Benchmark, median, timed } from './support/figures'

const LEADS = 100_000
const STEPS = 3
const ROUNDS = 3
const ROUNDS_SMALL = 1

/**
 * Starting a campaign of 100,000 leads and 3 steps (pre-flight, locks, planning and all) against the bare
 * `INSERT ... SELECT` of the same rows into the same table, with its indexes and foreign keys but without our triggers.
 */
export const plan: Benchmark = async ({ scale, report, note }) => {
  const { deps, pool, seed, close } = await openBench()
  try {
    const leads = Math.ceil(LEADS * scale)
    const mailboxId = await seed.mailbox('Bench mailbox', 20)
    const workflowId = await seed.workflow(STEPS)
    const batchId = await seed.batch('Plan', leads)
    const starts: number[] = []
    const bare: number[] = []
    for (let round = 0; round < (scale < 1 ? ROUNDS_SMALL : ROUNDS); round++) {
      const campaignId = await seed.campaign(`Plan ${round}`, { batchId, workflowId, mailboxIds: [mailboxId] })
      await seed.analyse()
      starts.push(await timed(() => startCampaign(deps, { campaignId, by: 'bench' })))
      await keepAside(pool, campaignId)
      await seed.analyse()
      bare.push(await timed(() => insertKept(pool)))
      await clear(pool, campaignId)
      note(`round ${round + 1}: start ${starts.at(-1)?.toFixed(0)} ms, bare insert ${bare.at(-1)?.toFixed(0)} ms`)
    }
    report(
      { name: 'plan', value: median(starts), unit: `ms for ${leads * STEPS} emails`, limit: median(bare) },
      { ratio: { atMost: 1.5 } },
    )
  } finally {
    await close()
  }
}

type Pool = Awaited<ReturnType<typeof openBench>>['pool']

/** The planned rows themselves, as they were made, for the bare insert to make again. */
async function keepAside(pool: Pool, campaignId: string): Promise<void> {
  await pool.query('DROP TABLE IF EXISTS kept')
  await pool.query(`CREATE UNLOGGED TABLE kept AS SELECT * FROM scheduled_emails WHERE campaign_id = '${campaignId}'`)
  await pool.query(
    'TRUNCATE scheduled_emails, mailbox_refusals, emails, scheduled_email_counts, scheduled_email_count_changes',
  )
}

async function insertKept(pool: Pool): Promise<void> {
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

async function clear(pool: Pool, campaignId: string): Promise<void> {
  await pool.query(
    'TRUNCATE scheduled_emails, mailbox_refusals, emails, scheduled_email_counts, scheduled_email_count_changes',
  )
  await pool.query('UPDATE lead_batches SET active_campaign_id = NULL')
  await pool.query('DELETE FROM campaigns WHERE id = $1', [campaignId])
  for (const trigger of await ownTriggers(pool))
    await pool.query(`ALTER TABLE scheduled_emails ENABLE TRIGGER ${trigger}`)
}
