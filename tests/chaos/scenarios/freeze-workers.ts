import { setTimeout as sleep } from 'node:timers/promises'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { eventually } from '../../support/worker-process'
import { BY, startChaosCampaign } from '../support/campaign'
import { change, readLedger, selectHeldEmails } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { createRandom, type Random } from '../support/random'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'

const DEADLINE_SECONDS = 2
const LEASE_MS = DEADLINE_SECONDS * 1500
// Twice the lease, and a little, so that it surely is.
const FROZEN_MS = 2 * LEASE_MS + 200
// By then the leases are over, and what the frozen worker had handed over has long arrived.
const JUDGED_MS = LEASE_MS + 1_500
const MAILBOXES = 6

export const freezeWorkers = scenario({
  id: 'T3',
  title: 'workers frozen for twice their lease: nothing twice, even if what they held was sent again meanwhile',
  full: { emails: 8_000, workers: 4, stops: 50, 'at-once': 2 },
  short: { emails: 150, workers: 2, stops: 1, 'at-once': 1 },
  run: ({ seed, sizes, server }) =>
    onStage({ seed, server, workerEnv: { SMTP_DEADLINE_SECONDS: String(DEADLINE_SECONDS) } }, async (stage) => {
      const { deps, sink, fleet } = stage
      // Slow replies keep emails on the wire, so that most freezes catch some in the middle of their SMTP transaction.
      const slow = [60, 200] as const
      sink.follow((['rcpt', 'data', 'message', 'accepted'] as const).map((at) => ({ at, act: { delayMs: slow } })))
      const campaign = await startChaosCampaign(deps, {
        leads: sizes.emails,
        mailboxes: MAILBOXES,
        mailbox: { maxConnections: 2 },
      })
      await fleet.launchAll(sizes.workers)
      const did = { stops: 0, under: 0, again: 0, delivered: 0 }
      const freeze = createFreezer(stage, { random: createRandom(seed), campaign, did })
      let begun = 0
      const keepFreezing = async () => {
        while (begun < sizes.stops) {
          begun++
          await freeze()
        }
      }
      await eventually(() => sink.accepted() >= 20, 'the first emails are accepted')
      await Promise.all(Array.from({ length: sizes['at-once'] }, keepFreezing))
      sink.follow([])
      await eventually(
        async () => {
          // An SMTP transaction that a freeze broke off before its message is tried again in an hour; here at once.
          await change(stage, "UPDATE scheduled_emails SET scheduled_for = $1 WHERE status = 'pending'", [
            deps.clock.now(),
          ])
          await deps.queue.enqueueTick()
          for (const mailboxId of campaign.mailboxIds) await stage.doubleJob(mailboxId)
          const { again, delivered } = await resolveByEvidence(stage, campaign.id)
          did.again += again
          did.delivered += delivered
          const { sent } = await readLedger(stage)
          return sent === sizes.emails || sleep(1_000).then(() => false)
        },
        'all emails are sent',
        600_000,
      )
      const ledger = await readLedger(stage)
      return {
        figures: [
          ...(await compareWithSink(stage, sink.read())),
          exactly('stops', did.stops, sizes.stops),
          exactly('planned in the ledger', ledger.planned, sizes.emails),
          exactly('sent in the end', ledger.sent, sizes.emails),
        ],
        counts: {
          'stops with emails on the wire and more to come': did.under,
          'held emails that had arrived, treated as delivered': did.delivered,
          'held emails that had not, sent again while their worker was frozen or after': did.again,
          'workers that ended by themselves': fleet.crashed(),
        },
        notes: [
          `lease ${LEASE_MS / 1000} s, SMTP deadline ${DEADLINE_SECONDS} s, frozen for ${FROZEN_MS / 1000} s; ${sizes['at-once']} at once`,
          'held emails that the server had not seen are sent again while their worker is still frozen: harder than the promise asks',
        ],
      }
    }),
})

type Did = { stops: number; under: number; again: number; delivered: number }

/** Returns a function that waits a moment, freezes one worker for twice its lease, and resolves meanwhile what it left held. */
function createFreezer(
  stage: Stage,
  { random, campaign, did }: { random: Random; campaign: { id: string; mailboxIds: string[] }; did: Did },
) {
  const frozen = new Set<unknown>()
  return async () => {
    await sleep(random.int(150, 900))
    const worker = random.pick(stage.fleet.ready().filter((candidate) => !frozen.has(candidate)))
    frozen.add(worker)
    worker.process.kill('SIGSTOP')
    const thawAt = performance.now() + FROZEN_MS
    const { sending, pending } = await readLedger(stage)
    if (sending > 0 && pending > 0) did.under++
    // The queue would notice only later: others take its mailboxes at once, beside it.
    for (const mailboxId of campaign.mailboxIds) await stage.doubleJob(mailboxId)
    await sleep(JUDGED_MS)
    await stage.deps.queue.enqueueTick()
    await sleep(800)
    const { again, delivered } = await resolveByEvidence(stage, campaign.id)
    did.again += again
    did.delivered += delivered
    await sleep(Math.max(0, thawAt - performance.now()))
    worker.process.kill('SIGCONT')
    frozen.delete(worker)
    did.stops++
  }
}

/** Resolves held emails as a careful person would: by whether they arrived. */
async function resolveByEvidence(stage: Stage, campaignId: string) {
  const { deps, sink } = stage
  const held = await selectHeldEmails(stage)
  const handed = new Set(sink.read().message.map(({ id }) => id))
  const arrived = held.filter((email) => handed.has(email.message_id)).map(({ id }) => id)
  const missing = held.filter((email) => !handed.has(email.message_id)).map(({ id }) => id)
  if (arrived.length > 0) await resolveHeld(deps, { campaignId, ids: arrived, choice: 'delivered', by: BY })
  if (missing.length > 0) await resolveHeld(deps, { campaignId, ids: missing, choice: 'again', by: BY })
  return { delivered: arrived.length, again: missing.length }
}
