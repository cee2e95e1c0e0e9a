import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { completeCampaigns } from './complete-campaigns'
import { failCampaigns } from './fail-campaigns'
import { accountOf, windowOf } from './mailbox-account'
import { noteMailboxTrouble } from './note-mailbox-trouble'
import { createWave, type Sender } from './send-wave'

// Two waves at work keep the wire busy while the database records. Small waves keep few mails in doubt when a worker
// dies: at most all connections' worth.
const WAVES_IN_FLIGHT = 2
// A job gives its place back after this time; the next tick goes on where it ended.
const TIME_BUDGET_MS = 45_000
const MAX_PACE_SLEEP_MS = 20_000

export type Sent = { sent: number; other: number }

/**
 * Sends what is due from one mailbox, wave by wave, until nothing is, a gate closes, or the time budget is used up.
 * Safe to run twice at once or not at all: every mail is claimed by a guarded write before its dialogue begins.
 */
export async function sendDueMail(
  deps: Deps,
  { mailboxId, signal }: { mailboxId: string; signal?: AbortSignal },
): Promise<Sent> {
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!mailbox || !canSendNow(mailbox, deps.clock.now())) return { sent: 0, other: 0 }
  const settings = await deps.db.settings.findUnique({ where: { id: 1 } })
  const sender: Sender = {
    mailbox,
    account: accountOf(deps, mailbox),
    window: windowOf(mailbox),
    settings: {
      maxAttempts: settings?.maxAttempts ?? 3,
      postalAddress: settings?.postalAddress ?? '',
      companyName: settings?.companyName ?? '',
    },
  }
  const result = await sendWaves(deps, sender, signal)
  await failCampaigns(deps, [...result.campaigns])
  await completeCampaigns(deps, [...result.campaigns])
  return { sent: result.sent, other: result.other }
}

async function sendWaves(deps: Deps, sender: Sender, signal?: AbortSignal) {
  const total = { sent: 0, other: 0, campaigns: new Set<string>() }
  const wave = createWave(deps, sender)
  const inFlight = new Set<Promise<void>>()
  const endBy = deps.clock.realNow().getTime() + TIME_BUDGET_MS
  let stop = !(await keepPace(deps, sender.mailbox.nextSendAt, endBy))

  while (!stop && !signal?.aborted && deps.clock.realNow().getTime() < endBy) {
    const ready = await deps.mailer.ready(sender.account, sender.mailbox.maxConnections)
    if ('trouble' in ready) {
      await noteMailboxTrouble(deps, sender.mailbox, ready.trouble)
      break
    }
    const size = sender.mailbox.minGapSeconds > 0 ? 1 : Math.max(1, Math.ceil(sender.mailbox.maxConnections / WAVES_IN_FLIGHT))
    const started = await wave.start(size)
    for (const id of started.campaigns) total.campaigns.add(id)
    if (started.settled) {
      const finished = started.settled.then((outcome) => {
        total.sent += outcome.sent
        total.other += outcome.other
        if (outcome.stop) stop = true
        inFlight.delete(finished)
      })
      inFlight.add(finished)
      if (inFlight.size >= WAVES_IN_FLIGHT) await Promise.race(inFlight)
    }
    if (!started.more) {
      if (inFlight.size === 0) break
      await Promise.all(inFlight)
    }
    if (sender.mailbox.minGapSeconds > 0 && !(await keepPace(deps, wave.nextSendAt(), endBy))) break
  }
  await Promise.all(inFlight)
  return total
}

const canSendNow = (mailbox: Mailbox, now: Date): boolean =>
  mailbox.health !== 'stopped' &&
  !(mailbox.health === 'cooling_down' && mailbox.coolDownUntil && now < mailbox.coolDownUntil)

/** Sleeps until the next mail may leave when that is soon; otherwise the next tick takes over. */
async function keepPace({ clock }: Deps, nextAt: Date | null, endBy: number): Promise<boolean> {
  if (!nextAt) return true
  const waitMs = (nextAt.getTime() - clock.now().getTime()) / clock.speed
  if (waitMs <= 0) return true
  if (waitMs > MAX_PACE_SLEEP_MS || clock.realNow().getTime() + waitMs > endBy) return false
  await new Promise((resolve) => setTimeout(resolve, waitMs))
  return true
}
