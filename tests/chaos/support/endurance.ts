import { setTimeout as sleep } from 'node:timers/promises'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { eventually } from '../../support/worker-process'
import type { Rule } from '../sink/rules'
import { BY, startChaosCampaign } from './campaign'
import { readLedger, selectHeldEmails, selectOpenEmails, selectStatus } from './look-ups'
import { compareWithSink, watchCompletion } from './measures'
import { atMost, exactly } from './report'
import type { Outcome, Setting } from './scenario'
import { onStage, type Stage } from './stage'

// A worker serves four mailboxes at a time over this many connections each. Of each it buffers up to twice as many
// emails: on the wire, or with a reply that is not recorded yet (`use-cases/delivery/send-mailbox.ts`).
const CONNECTIONS = 5
const MAILBOXES_AT_ONCE = 4
export const CONCURRENCY = MAILBOXES_AT_ONCE * CONNECTIONS * 2

// Many mailboxes, so that those of a dead worker, which no other may serve before it is known to be dead, are not all
// there are.
const MAILBOXES = 40
// Promised: nothing is stuck two minutes after its lease.
const STUCK_MS = 120_000

/** Replies that take a moment, so that mischief meets emails on the wire at every point. */
export const REPLIES: readonly Rule[] = [
  { at: 'data', act: { delayMs: [0, 20] } },
  { at: 'message', act: { delayMs: [0, 20] } },
  { at: 'accepted', act: { delayMs: [0, 20] } },
]

type Sizes = {
  emails: number
  workers: number
  /** Seconds an SMTP transaction may take; a lease is half as long again. */
  deadline: number
  /**
   * 1: the run enqueues ticks and jobs all the time, instead of waiting for the next minute and for the dead to be
   * missed.
   */
  hurry: number
}

/** A send that something disturbs, and everything that must be true during and after it. */
export function endure<S extends Sizes>(
  { seed, sizes, server }: Setting<S>,
  {
    ownServer = false,
    heldAtMost,
    prepare,
    disturb,
  }: {
    ownServer?: boolean
    heldAtMost: number
    /** What must be there before the first email leaves. */
    prepare?(stage: Stage): Promise<void>
    /** Does its mischief while the emails leave; resolves with what it did. */
    disturb(stage: Stage): Promise<Record<string, number>>
  },
): Promise<Outcome> {
  const workerEnv = { SMTP_DEADLINE_SECONDS: String(sizes.deadline) }
  return onStage({ seed, server, ownServer, workerEnv }, async (stage) => {
    const { deps, sink, fleet, url } = stage
    sink.follow(REPLIES)
    const mailboxes = Math.min(MAILBOXES, Math.ceil(sizes.emails / 20))
    const campaign = await startChaosCampaign(deps, {
      leads: sizes.emails,
      mailboxes,
      mailbox: { maxConnections: CONNECTIONS },
    })
    const watch = watchCompletion(url)
    await prepare?.(stage)
    await fleet.launchAll(sizes.workers)
    const done = await disturb(stage)
    const { stuck, waited } = await untilSettled(stage, sizes.hurry > 0 ? campaign.mailboxIds : [])
    const seen = sink.read()
    const ledger = await readLedger(stage)
    const comparison = await compareWithSink(stage, seen)
    const arrived = new Set(seen.accepted.map(({ id }) => id))
    const resolved = await resolveAll(stage, campaign.id, arrived)
    await eventually(async () => (await selectStatus(stage)) === 'completed', 'the campaign completes', 180_000)
    const { samples, violations } = await watch.stop()
    const after = await readLedger(stage)
    const twice = sink.read().accepted.map(({ id }) => id)
    return {
      figures: [
        ...comparison,
        exactly('planned in the ledger', ledger.planned, sizes.emails),
        exactly('ledger: sent + held + failed', ledger.sent + ledger.held + ledger.failed, sizes.emails),
        exactly('emails failed, skipped or cancelled', ledger.failed + ledger.skipped + ledger.cancelled, 0),
        atMost('emails held', ledger.held, heldAtMost),
        exactly('emails still sending 2 min after their lease', stuck, 0),
        exactly('moments at which it said completed with emails open', violations, 0),
        exactly('after resolving what was held: sent', after.sent, sizes.emails),
        exactly('after resolving what was held: Message-IDs accepted twice', twice.length - new Set(twice).size, 0),
      ],
      counts: {
        ...done,
        'held emails that had arrived': resolved.delivered,
        'held emails that had not': resolved.again,
        'looks at completion': samples,
        'SMTP connections': seen.connect.length,
        mailboxes,
        'workers that ended by themselves': fleet.crashed(),
        'seconds until nothing was open but held emails': Math.round(waited / 1000),
      },
      notes: [
        `lease ${sizes.deadline * 1.5} s, SMTP deadline ${sizes.deadline} s (180 and 120 by default); concurrency = ${MAILBOXES_AT_ONCE} mailboxes x ${CONNECTIONS} connections x 2 a worker`,
      ],
    }
  })
}

/** Waits until nothing is pending or sending; counts the emails that outstay their lease by too long. */
async function untilSettled(stage: Stage, hurried: readonly string[]): Promise<{ stuck: number; waited: number }> {
  const { deps, doubleJob } = stage
  const startedAt = performance.now()
  const stuck = new Set<string>()
  for (const until = startedAt + 1_800_000; performance.now() < until; await sleep(500)) {
    const open = await selectOpenEmails(stage, STUCK_MS)
    for (const email of open) if (email.stuck) stuck.add(email.id)
    if (hurried.length > 0) {
      await deps.queue.enqueueTick()
      for (const mailboxId of hurried) await doubleJob(mailboxId)
    }
    if (open.length === 0) return { stuck: stuck.size, waited: performance.now() - startedAt }
  }
  throw new Error('Emails are still pending or sending after half an hour')
}

/** Resolves held emails as a person would who can look into the recipients' mailboxes. */
async function resolveAll(stage: Stage, campaignId: string, arrived: ReadonlySet<string>) {
  const { deps } = stage
  const held = await selectHeldEmails(stage)
  const resolved = { delivered: 0, again: 0 }
  for (const choice of ['delivered', 'again'] as const) {
    const ids = held.filter((email) => arrived.has(email.message_id) === (choice === 'delivered')).map(({ id }) => id)
    resolved[choice] = ids.length
    if (ids.length > 0) await resolveHeld(deps, { campaignId, ids, choice, by: BY })
  }
  return resolved
}
