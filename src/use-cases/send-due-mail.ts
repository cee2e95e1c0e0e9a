import { setTimeout as sleep } from 'node:timers/promises'
import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { SmtpAccount } from '@/mail/mailer'
import { completeCampaigns } from './complete-campaigns'
import { accountOf, windowOf } from './mailbox-account'
import { noteMailboxTrouble, setMailboxBack } from './note-mailbox-trouble'
import { getSettings } from './read-settings'
import { createWave } from './send-wave'
import type { Settled } from './settle-wave'
import type { Sender } from './wave'

// Two waves at work keep the wire busy while the database records. Small waves keep few mails in doubt when a worker
// dies: at most all connections' worth.
const WAVES_IN_FLIGHT = 2
// A job gives its place back after this time; the next tick goes on where it ended.
const TIME_BUDGET_MS = 45_000
// Not shorter than what the tick looks ahead (select-mailboxes-with-due-mail), or a gap below a minute would become one.
const MAX_PACE_SLEEP_MS = 40_000

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
  const account = await accountOrStop(deps, mailbox)
  if (!account) return { sent: 0, other: 0 }
  const sender: Sender = { mailbox, account, window: windowOf(mailbox), settings: await getSettings(deps) }
  const result = await sendWaves(deps, sender, signal)
  await completeCampaigns(deps, [...result.campaigns])
  if (result.failure) throw result.failure
  return { sent: result.sent, other: result.other }
}

async function sendWaves(deps: Deps, sender: Sender, signal?: AbortSignal) {
  const { mailbox, account } = sender
  const total = { sent: 0, other: 0, campaigns: new Set<string>(), failure: undefined as unknown }
  const wave = createWave(deps, sender)
  const inFlight = new Set<Promise<void>>()
  const endBy = deps.clock.realNow().getTime() + TIME_BUDGET_MS
  const paced = mailbox.minGapSeconds > 0
  const size = paced ? 1 : Math.max(1, Math.ceil(mailbox.maxConnections / WAVES_IN_FLIGHT))
  let stop = false
  const settle = (settled: Promise<Settled>) => {
    const finished = settled
      .then((outcome) => {
        total.sent += outcome.sent
        total.other += outcome.other
        stop ||= outcome.stop
      })
      .catch((error: unknown) => {
        // The other waves' results still count; the job reports this one when they are in.
        total.failure ??= error
        stop = true
      })
      .finally(() => inFlight.delete(finished))
    inFlight.add(finished)
  }

  try {
    stop = !(await keepPace(deps, mailbox.nextSendAt, endBy, signal))
    while (!stop && !signal?.aborted && deps.clock.realNow().getTime() < endBy) {
      const ready = await deps.mailer.ready(account, mailbox.maxConnections)
      if ('trouble' in ready) {
        await noteMailboxTrouble(deps, mailbox, ready.trouble)
        break
      }
      const started = await wave.start(size)
      for (const id of started.campaigns) total.campaigns.add(id)
      if (started.settled) settle(started.settled)
      if (inFlight.size >= WAVES_IN_FLIGHT) await Promise.race(inFlight)
      if (!started.more) {
        if (inFlight.size === 0) break
        await Promise.all(inFlight)
      }
      if (paced && !(await keepPace(deps, wave.nextSendAt(), endBy, signal))) break
    }
  } finally {
    // Dialogues under way are recorded whatever ended the loop.
    await Promise.all(inFlight)
  }
  return total
}

const canSendNow = (mailbox: Mailbox, now: Date): boolean =>
  mailbox.health !== 'stopped' &&
  !(mailbox.health === 'cooling_down' && mailbox.coolDownUntil && now < mailbox.coolDownUntil)

/** A password that cannot be read any more (another ENCRYPTION_KEY) is the mailbox's trouble, and a person's to mend. */
async function accountOrStop(deps: Deps, mailbox: Mailbox): Promise<SmtpAccount | null> {
  try {
    return accountOf(deps, mailbox)
  } catch (error) {
    deps.log.error({ mailbox: mailbox.id, err: error }, 'mailbox credentials cannot be read')
    const reason = 'Its stored password cannot be read with this ENCRYPTION_KEY. Enter the password again.'
    await setMailboxBack(deps, mailbox, { kind: 'mailbox', action: 'stop', reason })
    return null
  }
}

/** Sleeps until the next mail may leave when that is soon; otherwise the next tick takes over. */
async function keepPace({ clock }: Deps, nextAt: Date | null, endBy: number, signal?: AbortSignal): Promise<boolean> {
  if (!nextAt) return true
  const waitMs = (nextAt.getTime() - clock.now().getTime()) / clock.speed
  if (waitMs <= 0) return true
  if (waitMs > MAX_PACE_SLEEP_MS || clock.realNow().getTime() + waitMs > endBy) return false
  await sleep(waitMs, undefined, { signal }).catch(() => undefined)
  return true
}
