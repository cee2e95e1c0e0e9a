import { selectDueEmails } from '@/db/queries/delivery/select-due-emails'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { openBench } from './support/bench-deps'
import { type Benchmark, median, timed } from './support/figures'

const SIZES = [10_000, 100_000, 1_000_000]
const STEPS = 2
const DUE = 50
const BATCH = 10
const REPEATS = 40
/** Kinds of rows: mostly done or paused, the rest planned for later in campaigns that run. */
const KINDS = [
  { status: 'completed', sentShare: 1, dueInDays: -3, share: 0.45 },
  { status: 'paused', sentShare: 0.3, dueInDays: -3, share: 0.35 },
  { status: 'running', sentShare: 0.5, dueInDays: 10, share: 0.2 },
] as const

/**
 * Cost of looking for work at 10,000, 100,000 and 1,000,000 planned rows, most of them paused or done: an idle tick
 * (nothing is due), and reading a batch of due emails. The limit is the same at the smallest size.
 */
export const queue: Benchmark = async ({ scale, report, note }) => {
  const { deps, pool, seed, close } = await openBench()
  try {
    const mailboxId = await seed.mailbox('Queue', 20)
    const workflowId = await seed.workflow(STEPS)
    const running = async (name: string, leads: number, dueInDays: number) =>
      seed.plannedCampaign({
        name,
        status: 'running',
        batchId: await seed.batch(name, leads),
        workflowId,
        mailboxId,
        sentShare: 0,
        dueInDays,
      })
    let rows = 0
    const base = { tick: 0, claim: 0 }
    for (const size of SIZES.map((full) => Math.ceil(full * scale))) {
      for (const { status, sentShare, dueInDays, share } of KINDS) {
        const leads = Math.max(1, Math.round(((size - rows) * share) / STEPS))
        const name = `${status} ${size}`
        const batchId = await seed.batch(name, leads)
        await seed.plannedCampaign({ name, status, batchId, workflowId, mailboxId, sentShare, dueInDays })
      }
      rows = size
      await seed.analyse()
      const tick = await medianOf(() => runTick(deps))
      const due = await running(`Due ${size}`, DUE, 0)
      await pool.query(
        'UPDATE scheduled_emails SET scheduled_for = now() WHERE campaign_id = $1 AND workflow_step_number = 1',
        [due],
      )
      const claim = await medianOf(() =>
        selectDueEmails(deps.sql, { mailboxId, now: deps.clock.now(), limit: BATCH, except: [] }),
      )
      await pool.query(`UPDATE campaigns SET status = 'paused' WHERE id = $1`, [due])
      base.tick ||= tick
      base.claim ||= claim
      const { rows: counted } = await pool.query<{ count: number }>('SELECT count(*)::int FROM scheduled_emails')
      note(`${counted[0]?.count} rows: idle tick ${tick.toFixed(2)} ms, batch of due emails ${claim.toFixed(2)} ms`)
      const aim = { ratio: { atMost: 2 } }
      report({ name: `tick-idle-${size}`, value: tick, unit: 'ms', limit: base.tick }, aim)
      report({ name: `claim-${size}`, value: claim, unit: 'ms', limit: base.claim }, aim)
    }
  } finally {
    await close()
  }
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  // The first few fill caches and plans.
  for (let i = 0; i < 5; i++) await work()
  const samples: number[] = []
  for (let i = 0; i < REPEATS; i++) samples.push(await timed(work))
  return median(samples)
}
