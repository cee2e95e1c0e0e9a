import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { openBench } from './support/bench-deps'
import { type Benchmark, medianPair, timed } from './support/figures'
import { clear, insertKept, keepAside } from './support/kept-plan'

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
      { name: 'plan', ...medianPair(starts, bare), unit: `ms for ${leads * STEPS} emails` },
      { ratio: { atMost: 1.5 } },
    )
  } finally {
    await close()
  }
}
