import { eventually } from '../../support/worker-process'
import { startChaosCampaign } from '../support/campaign'
import { change, countDue, countSendJobs, readLedger } from '../support/look-ups'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'

// A fixed morning: no run meets midnight, at which a new limit begins.
const START = new Date('2026-03-02T09:00:00Z')

export const shareLimit = scenario({
  id: 'T5',
  title: 'workers that share a daily limit: exactly so many leave, every time',
  full: { workers: 8, limit: 50, due: 1_000, runs: 100 },
  short: { workers: 3, limit: 50, due: 200, runs: 4 },
  run: ({ seed, sizes, server }) =>
    onStage({ seed, server, simulation: { startsAt: START, speed: 1 } }, async (stage) => {
      const { deps, sink, fleet } = stage
      const campaign = await startChaosCampaign(deps, { leads: sizes.due, mailbox: { maxConnections: 10 } })
      const [mailboxId = ''] = campaign.mailboxIds
      // Slow enough that all of them are at work before the first has used up the limit.
      sink.follow([{ at: 'message', act: { delayMs: [30, 90] } }])
      // Nothing leaves while the workers start: the runs begin together.
      await change(stage, "UPDATE campaigns SET status = 'paused'")
      await fleet.launchAll(sizes.workers)
      let exact = 0
      const left: number[] = []
      for (let run = 0; run < sizes.runs; run++) {
        // The mailbox's limit in one half of the runs, the campaign's in the other.
        if (run === 0) await setLimits(stage, { mailbox: sizes.limit, campaign: null })
        if (run === Math.ceil(sizes.runs / 2)) await setLimits(stage, { mailbox: null, campaign: sizes.limit })
        const before = sink.read().accepted.length
        await change(stage, PUT_BACK)
        await Promise.all(fleet.ready().map(() => stage.doubleJob(mailboxId)))
        await eventually(
          async () => (await idle(stage)) && (await countDue(stage, deps.clock.now())) === 0,
          'the run is over',
          120_000,
        )
        const accepted = sink.read().accepted.slice(before)
        const { sent, sending, held } = await readLedger(stage)
        left.push(accepted.length)
        if (accepted.length === sizes.limit && sent === sizes.limit && sending + held === 0) exact++
      }
      const jobs = fleet.ready().map((worker) => worker.output().split('mailbox served').length - 1)
      return {
        figures: [
          exactly(`runs of which exactly ${sizes.limit} left`, exact, sizes.runs),
          exactly('fewest that left', Math.min(...left), sizes.limit),
          exactly('most that left', Math.max(...left), sizes.limit),
        ],
        counts: {
          'jobs that sent something': jobs.reduce((sum, count) => sum + count, 0),
          'workers that sent something': jobs.filter((count) => count > 0).length,
        },
        notes: ['worker processes; a send job of its own for each of them, so that all work on the mailbox at once'],
      }
    }),
})

/** As if nothing had been sent today; in one statement, for a tick may come at any moment. */
const PUT_BACK = `
  WITH emails AS (
    UPDATE scheduled_emails SET status = 'pending', scheduled_for = created_at, sent_at = NULL, email_id = NULL,
      sending_since = NULL, wait_reason = NULL
  ), lead_rows AS (
    UPDATE leads SET status = 'new', last_contacted_at = NULL, emails_sent = 0
  ), letters AS (
    DELETE FROM emails
  ), mailbox AS (
    UPDATE mailbox_days SET reserved = 0
  ), campaign AS (
    UPDATE campaign_days SET reserved = 0
  )
  UPDATE campaigns SET status = 'running', emails_sent_count = 0`

/** Changes the limits while no job is under way that may have read them. */
async function setLimits(stage: Stage, limits: { mailbox: number | null; campaign: number | null }): Promise<void> {
  await change(stage, "UPDATE campaigns SET status = 'paused', daily_limit = $1", [limits.campaign])
  await change(stage, 'UPDATE mailboxes SET daily_limit = $1', [limits.mailbox])
  await eventually(() => idle(stage), 'the workers are idle')
}

const idle = async (stage: Stage) => (await countSendJobs(stage)) === 0
