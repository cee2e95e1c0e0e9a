import { selectDueMail } from '@/db/queries/select-due-mail'
import { queryRows } from '@/db/query'
import { runTick } from '@/use-cases/run-tick'
import { openBench } from './support/bench-deps'
import { type Benchmark, median, timed } from './support/figures'

const SIZES = [10_000, 100_000, 1_000_000]
const STEPS = 2
const DUE = 50
const WAVE = 10
const REPEATS = 40

/**
 * What looking for work costs at 10,000, 100,000 and 1,000,000 planned rows, most of them paused or done: an idle tick
 * (nothing is due), and reading a wave of due mails. The limit is the same at the smallest size.
 */
export const queue: Benchmark = async ({ scale, report, note }) => {
  const { deps, seed, close } = await openBench()
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
    await running('Later', 500, 10)
    let rows = 1000
    const base = { tick: 0, claim: 0 }
    for (const size of SIZES.map((full) => Math.ceil(full * scale))) {
      for (const [status, sentShare] of [
        ['paused', 0.3],
        ['completed', 1],
      ] as const) {
        const leads = Math.max(1, Math.ceil((size - rows) / 2 / STEPS))
        const name = `${status} ${size}`
        await seed.plannedCampaign({
          name,
          status,
          batchId: await seed.batch(name, leads),
          workflowId,
          mailboxId,
          sentShare,
          dueInDays: -3,
        })
        rows += status === 'paused' ? 0 : leads * STEPS * 2
      }
      await seed.settle()
      const tick = await medianOf(() => runTick(deps))
      const due = await running(`Due ${size}`, DUE, 0)
      await deps.pool.query(
        'UPDATE scheduled_emails SET scheduled_for = now() WHERE campaign_id = $1 AND workflow_step_number = 1',
        [due],
      )
      const claim = await medianOf(() =>
        queryRows(deps.pool, selectDueMail({ mailboxId, now: deps.clock.now(), limit: WAVE, except: [] })),
      )
      await deps.pool.query(`UPDATE campaigns SET status = 'paused' WHERE id = $1`, [due])
      base.tick ||= tick
      base.claim ||= claim
      const { rows: counted } = await deps.pool.query<{ count: number }>('SELECT count(*)::int FROM scheduled_emails')
      note(`${counted[0]?.count} rows: idle tick ${tick.toFixed(2)} ms, wave of due mails ${claim.toFixed(2)} ms`)
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
