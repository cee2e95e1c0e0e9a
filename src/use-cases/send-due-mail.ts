import { setTimeout as sleep } from 'node:timers/promises'
import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { SmtpAccount } from '@/mail/mailer'
import { createDays } from './choose-mail'
import { completeCampaigns } from './complete-campaigns'
import { createInFlight } from './in-flight'
import { createStock } from './mail-stock'
import { accountOf, windowOf } from './mailbox-account'
import { noteMailboxTrouble, setMailboxBack } from './note-mailbox-trouble'
import { createPreparation } from './prepare-mail'
import { getSettings } from './read-settings'
import { createWave, type StartedWave } from './send-wave'
import type { Sender } from './wave'

// A wave takes all connections that are free, once so many of them are: larger waves cost the database less, and a few
// slow servers must not hold up the rest.
const FREE_SHARE = 0.9
// While a wave is on the wire, the results of the one before are recorded. A worker that dies leaves at most as many mails
// in doubt: twice its connections.
const DOUBT_PER_CONNECTION = 2
// Mails that are written ahead, for each connection.
const AHEAD_PER_CONNECTION = 2
// Waves in a row that could claim nothing before the job gives up until the next tick.
const FRUITLESS_WAVES = 5
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
  const ensure = createDays(deps.sql, mailbox)
  const wave = createWave(deps, sender, ensure)
  const inFlight = createInFlight()
  const endBy = deps.clock.realNow().getTime() + TIME_BUDGET_MS
  const paced = mailbox.minGapSeconds > 0
  const connections = mailbox.maxConnections
  const enough = Math.ceil(connections * FREE_SHARE)
  let stop = false
  let fruitless = 0
  const fail = (error: unknown) => {
    // The other waves' results still count; the job reports this one when they are in.
    total.failure ??= error
    stop = true
  }
  const stock = createStock(createPreparation(deps, sender, ensure), {
    ahead: paced ? 1 : connections * AHEAD_PER_CONNECTION,
    onPrepared: async ({ campaigns, unfit }) => {
      for (const id of campaigns) total.campaigns.add(id)
      await wave.settleUnfit(unfit)
    },
  })
  const settle = ({ dialogues, settled }: StartedWave) => {
    const recorded = settled.then((outcome) => {
      total.sent += outcome.sent
      total.other += outcome.other
      stop ||= outcome.stop
    }, fail)
    inFlight.add(dialogues, recorded)
  }

  try {
    stop = !(await keepPace(deps, mailbox.nextSendAt, endBy, signal))
    while (!stop && !signal?.aborted && deps.clock.realNow().getTime() < endBy) {
      const ready = await deps.mailer.ready(account, mailbox.maxConnections)
      if ('trouble' in ready) {
        await noteMailboxTrouble(deps, mailbox, ready.trouble)
        break
      }
      // A result that comes in during the look below may make a mail due that the look did not see.
      const allRecorded = inFlight.unrecorded === 0
      const mails = await stock.take(paced ? 1 : connections - inFlight.talking)
      const started = mails.length > 0 ? await wave.start(mails) : undefined
      if (started) settle(started)
      await inFlight.until(
        ({ talking, unrecorded }) =>
          connections - talking >= enough && unrecorded + connections - talking <= DOUBT_PER_CONNECTION * connections,
      )
      fruitless = started?.moved || (!started && stock.moved()) ? 0 : fruitless + 1
      // Nothing is due, or what is due may not leave now after all, as when another worker has its leads in hand.
      if (fruitless > (started ? FRUITLESS_WAVES : 0)) {
        if (allRecorded) break
        await inFlight.until(({ unrecorded }) => unrecorded === 0)
      }
      if (paced && !(await keepPace(deps, wave.nextSendAt(), endBy, signal))) break
    }
  } catch (error) {
    fail(error)
  } finally {
    // Dialogues under way are recorded whatever ended the loop.
    await stock.close().catch(fail)
    await inFlight.until(({ unrecorded }) => unrecorded === 0)
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
