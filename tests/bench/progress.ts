import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { getProgress } from '@/use-cases/progress/get-progress'
import { openBench } from './support/bench-deps'
import { type Benchmark, percentile, timed } from './support/figures'

const LEADS = 100_000
const STEPS = 3
const OTHERS = 233_334
const REPEATS = 60

/**
 * One campaign of 300,000 emails in a table of 1,000,000: reading its progress as its page does every few seconds,
 * pausing it, and resuming it when all that was left is overdue.
 */
export const progress: Benchmark = async ({ scale, report }) => {
  const { deps, pool, seed, close } = await openBench()
  try {
    const mailboxId = await seed.mailbox('Progress', 20)
    const workflowId = await seed.workflow(STEPS)
    const planned = async (name: string, status: 'running' | 'completed', leads: number, sentShare: number) =>
      seed.plannedCampaign({
        name,
        status,
        batchId: await seed.batch(name, Math.ceil(leads * scale)),
        workflowId,
        mailboxId,
        sentShare,
        dueInDays: -1,
      })
    const campaignId = await planned('Watched', 'running', LEADS, 0.4)
    await planned('Others', 'completed', OTHERS, 1)
    await seed.analyse()
    const read = () => getProgress(deps, { campaignId })
    for (let i = 0; i < 5; i++) await read()
    const samples: number[] = []
    for (let i = 0; i < REPEATS; i++) samples.push(await timed(read))
    // Cost of the ledger alone, counted over the rows: the plain way to the same result.
    const counting = await timed(() =>
      pool.query(
        'SELECT workflow_step_number, status, count(*) FROM scheduled_emails WHERE campaign_id = $1 GROUP BY 1, 2',
        [campaignId],
      ),
    )
    report({ name: 'progress-p50', value: percentile(samples, 0.5), unit: 'ms', limit: counting })
    report(
      { name: 'progress-p95', value: percentile(samples, 0.95), unit: 'ms', limit: counting },
      { value: { atMost: 30 } },
    )

    const pause = await timed(() => pauseCampaign(deps, { campaignId, by: 'bench' }))
    report({ name: 'pause', value: pause, unit: 'ms', limit: null }, { value: { atMost: 100 } })
    const left = `SELECT count(*)::int AS emails FROM scheduled_emails WHERE campaign_id = $1 AND status = 'pending'`
    const { rows } = await pool.query<{ emails: number }>(left, [campaignId])
    const bare = await timed(() => shiftAll(pool, campaignId))
    await seed.analyse()
    const resume = await timed(() => resumeCampaign(deps, { campaignId, by: 'bench' }))
    report({ name: 'resume', value: resume, unit: `ms for ${rows[0]?.emails} emails to move`, limit: bare })
  } finally {
    await close()
  }
}

/** The bare UPDATE of the same rows, rolled back: what moving them costs at least. */
async function shiftAll(pool: Awaited<ReturnType<typeof openBench>>['pool'], campaignId: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(
      `UPDATE scheduled_emails SET scheduled_for = scheduled_for + interval '1 minute', updated_at = clock_timestamp()
       WHERE campaign_id = $1 AND status = 'pending'`,
      [campaignId],
    )
    await client.query('ROLLBACK')
  } finally {
    client.release()
  }
}
