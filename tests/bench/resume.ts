import { previewResume, resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { rescheduleOverdue } from '@/use-cases/delivery/reschedule-overdue'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { type Bench, openBench } from './support/bench-deps'
import { type Benchmark, timed } from './support/figures'

const LEADS = 20_000
const STEPS = 3
const OLD_ROWS = 10_000_000
/** So many old rows a campaign, all of the same leads. */
const OLD_PART = 500_000

/**
 * Moving the 60,000 emails of a campaign that PostgreSQL has no statistics of: resume and its preview, the tick after three
 * days away, and "send again" of 20,000 held ones. The limit is the bare update of the same rows.
 */
export const resumeFresh: Benchmark = (options) => measureMoves('fresh', 0, options)

/** The same on top of 10,000,000 rows of before, of which it has statistics: so large a table is analysed again only much later. */
export const resumeOld: Benchmark = (options) => measureMoves('old', Math.ceil(OLD_ROWS * options.scale), options)

async function measureMoves(
  name: string,
  oldRows: number,
  { scale, report, note }: Parameters<Benchmark>[0],
): Promise<void> {
  const bench = await openBench()
  const { deps, pool, seed, close } = bench
  try {
    for (const table of ['scheduled_emails', 'leads', 'campaigns'])
      await pool.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`)
    const mailboxId = await seed.mailbox('Resume', 20)
    const workflowId = await seed.workflow(STEPS)
    const parts = { workflowId, mailboxId, dueInDays: -9 }
    if (oldRows > 0) {
      const batchId = await seed.batch('Old', Math.ceil(Math.min(OLD_PART, oldRows) / STEPS))
      // Neither keys nor counts of these rows matter here, and they take most of the time.
      await pool.query('ALTER TABLE scheduled_emails DISABLE TRIGGER ALL')
      for (let made = 0; made < oldRows; made += OLD_PART) {
        await seed.plannedCampaign({ ...parts, name: `Old ${made}`, status: 'completed', batchId, sentShare: 1 })
        note(`${Math.min(made + OLD_PART, oldRows)} old rows`)
      }
      await pool.query('ALTER TABLE scheduled_emails ENABLE TRIGGER ALL')
      await seed.analyse()
    }
    const batchId = await seed.batch('Moved', Math.ceil(LEADS * scale))
    const campaignId = await seed.plannedCampaign({ ...parts, name: 'Moved', status: 'paused', batchId, sentShare: 0 })

    const bare = await timed(() => moveAll(pool, campaignId))
    const preview = await timed(() => previewResume(deps, { campaignId }))
    const resume = await timed(() => resumeCampaign(deps, { campaignId, by: 'bench' }))
    await pool.query(
      `UPDATE scheduled_emails SET scheduled_for = scheduled_for - interval '3 days' WHERE campaign_id = $1`,
      [campaignId],
    )
    const reschedule = await timed(() => rescheduleOverdue(deps))
    await pool.query(
      `UPDATE scheduled_emails SET status = 'held', held_at = now(), scheduled_for = scheduled_for - interval '1 day'
       WHERE campaign_id = $1 AND workflow_step_number = 1`,
      [campaignId],
    )
    const again = await timed(() => resolveHeld(deps, { campaignId, choice: 'again', by: 'bench' }))

    const unit = `ms for ${Math.ceil(LEADS * scale) * STEPS} emails`
    const moves = { preview, resume, reschedule, 'send-again': again }
    for (const [move, value] of Object.entries(moves))
      report({ name: `resume-${name}-${move}`, value, unit, limit: bare }, { value: { atMost: 3000 } })
  } finally {
    await close()
  }
}

/** The bare UPDATE of the same rows, rolled back. */
async function moveAll(pool: Bench['pool'], campaignId: string): Promise<void> {
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
