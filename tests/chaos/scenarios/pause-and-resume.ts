import { setTimeout as sleep } from 'node:timers/promises'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { eventually } from '../../support/worker-process'
import { monotonicMs } from '../sink/journal'
import { BY, startChaosCampaign } from '../support/campaign'
import { readLedger, selectStatus } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { createRandom } from '../support/random'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage } from '../support/stage'

export const pauseAndResume = scenario({
  id: 'T6',
  title: 'pauses and resumes at random during a send: no SMTP transaction begins after a pause has committed',
  full: { emails: 10_000, workers: 2, pauses: 100 },
  short: { emails: 800, workers: 1, pauses: 5 },
  run: ({ seed, sizes, server }) =>
    onStage({ seed, server }, async (stage) => {
      const { deps, sink, fleet, url } = stage
      const { id: campaignId, mailboxIds } = await startChaosCampaign(deps, {
        leads: sizes.emails,
        mailboxes: 4,
        mailbox: { maxConnections: 10 },
      })
      sink.tell({ witness: { databaseUrl: url, campaignId } })
      // The reply to MAIL FROM takes its time as well: a pause must wait for SMTP transactions that are beginning.
      sink.follow([
        { at: 'mail', act: { delayMs: [0, 10] } },
        { at: 'message', act: { delayMs: [0, 20] } },
      ])
      await fleet.launchAll(sizes.workers)
      const random = createRandom(seed)
      const paused: { from: number; to: number }[] = []
      // Half of the emails at most: what leaves while a pause is on its way must not bring the campaign to its end.
      const share = Math.floor((sizes.emails * 0.5) / sizes.pauses)
      // However late a pause comes, the campaign is not completed by then.
      const beforeTheLast = sizes.emails - 1
      sink.tell({ acceptUpTo: beforeTheLast })
      for (let count = 0; count < sizes.pauses; count++) {
        const goal = sink.accepted() + random.int(1, share)
        for (const mailboxId of mailboxIds) await stage.doubleJob(mailboxId)
        await sink.untilAccepted(Math.min(goal, beforeTheLast))
        await sleep(random.int(0, 5))
        await pauseCampaign(deps, { campaignId, by: BY })
        const from = monotonicMs()
        await sleep(random.int(5, 80))
        paused.push({ from, to: monotonicMs() })
        await resumeCampaign(deps, { campaignId, by: BY })
      }
      sink.tell({ acceptUpTo: sizes.emails })
      await eventually(async () => (await selectStatus(stage)) === 'completed', 'the campaign completes', 180_000)
      const seen = sink.read()
      const ledger = await readLedger(stage)
      const begunBetween = seen.mail.filter(({ t }) => paused.some(({ from, to }) => t > from && t < to))
      // Judged by the database alone. The last emails may get their replies after the campaign completed, never after a
      // pause.
      const begunWhilePaused = seen.mail.filter(({ campaign }) => campaign !== 'running')
      return {
        figures: [
          exactly('pauses', paused.length, sizes.pauses),
          exactly('SMTP transactions begun after a pause had committed, by the database', begunWhilePaused.length, 0),
          exactly('SMTP transactions begun after a pause had committed, by the clock', begunBetween.length, 0),
          ...(await compareWithSink(stage, seen)),
          exactly('sent', ledger.sent, sizes.emails),
        ],
        counts: {
          'SMTP transactions begun': seen.mail.length,
          'pauses during which an email on the wire was still accepted': paused.filter(({ from, to }) =>
            seen.accepted.some(({ t }) => t > from && t < to),
          ).length,
        },
        notes: [
          'at each MAIL FROM the sink asks the database for the state of the campaign before it answers; the engine leaves the gate only after that answer, so no clock decides the order',
        ],
      }
    }),
})
