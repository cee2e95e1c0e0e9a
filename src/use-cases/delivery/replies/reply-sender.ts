import { ensureDays, type LimitDays } from '@/db/queries/delivery/mark-sending'
import { selectReserved } from '@/db/queries/delivery/select-reserved'
import { markReplySending } from '@/db/queries/replies/mark-reply-sending'
import { deferReplies } from '@/db/queries/replies/move-reply'
import { type DueReply, selectDueReplies } from '@/db/queries/replies/select-due-replies'
import { type HashedAddress, selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import { holdSendGate } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { limitOn } from '@/domain/delivery/ramp'
import { outstandingOf } from '@/domain/reply/recipients'
import { AT_DAILY_LIMIT, SUPPRESSED_SINCE } from '@/domain/reply/state'
import { endOfDate } from '@/domain/time/local-time'
import { hashedAddress } from '@/lib/encryption'
import type { OutgoingMail } from '@/mail/mailer'
import type { MailboxHealth } from '@/use-cases/mailboxes/record-health'
import { limitDaysAt } from '../daily-limits'
import { gateMs, leaseMs, untilBegun } from '../lease'
import type { Sender } from '../sender'
import { composeReply } from './compose-reply'
import { endReply } from './ended-reply'
import { type DispatchedReply, recordReply } from './reply-result'

export type ReplySender = {
  /**
   * Begins the SMTP transactions of replies that are due, the oldest first, `most` at the most. Returns how many began; their results
   * are recorded as they come.
   */
  beginDue(most: number): Promise<number>
  /** Waits until the results of all that began are recorded, and throws what recording them met. */
  untilRecorded(): Promise<void>
  readonly total: { sent: number; other: number }
  /** The mailbox failed: nothing more should begin. */
  mustStop(): boolean
}

// A job with many emails asks before each batch; a reply may wait for so long.
const LOOK_EVERY_MS = 400

/**
 * Sends what people have written from one mailbox, over the connections and under the gate of its campaigns' emails. The daily limit and
 * the suppression list bind; windows, paces and the hours between two emails do not, and replies go before other emails.
 */
export function createReplySender(deps: Deps, sender: Sender, health: MailboxHealth): ReplySender {
  const { sql, clock, log } = deps
  const { mailbox } = sender
  const total = { sent: 0, other: 0 }
  const recording = new Set<Promise<void>>()
  let [stopped, failure]: [boolean, unknown] = [false, undefined]
  let lookAgainAt = 0

  async function beginDue(most: number): Promise<number> {
    if (stopped || most <= 0 || performance.now() < lookAgainAt) return 0
    const now = clock.now()
    const due = await selectDueReplies(sql, { mailboxId: mailbox.id, now, limit: most })
    if (due.length < most) lookAgainAt = performance.now() + LOOK_EVERY_MS
    if (due.length === 0) return 0
    const days = limitDaysAt(mailbox, [], now)
    await ensureDays(sql, days)
    let begun = 0
    for (const reply of due) {
      const recipients = outstandingOf(reply).map((email) => hashedAddress(deps.config.consentKey, email))
      // A late answer has shown that all have it.
      if (recipients.length === 0) {
        await endReply(deps, reply, null)
        continue
      }
      if (await refuseIfForbidden(deps, reply, recipients)) continue
      const dispatched = await begin(deps, sender, { reply, recipients, days })
      if (dispatched) track(dispatched, days)
      else if (await isAtLimit(deps, sender, days)) {
        await deferReplies(sql, { ids: due.map(({ id }) => id), ...nextDay(days, mailbox.timezone), at: now })
        break
      }
      begun += dispatched ? 1 : 0
    }
    return begun
  }

  function track(dispatched: DispatchedReply, days: LimitDays): void {
    const recorded = recordReply(deps, sender, health, { dispatched, days }).then(
      ({ sent, mustStop }) => {
        if (sent) total.sent++
        else total.other++
        stopped ||= mustStop
      },
      (error: unknown) => {
        failure ??= error
        stopped = true
        log.error(
          { mailbox: mailbox.id, reply: dispatched.reply.id, err: error },
          'the result of a reply was not recorded',
        )
      },
    )
    recording.add(recorded)
    void recorded.then(() => recording.delete(recorded))
  }

  return {
    beginDue,
    untilRecorded: async () => {
      await Promise.all(recording)
      if (failure) throw failure
    },
    total,
    mustStop: () => stopped,
  }
}

type Ready = { reply: DueReply; recipients: readonly HashedAddress[]; days: LimitDays }

/** Claims a reply under the send gate and begins its SMTP transaction; null where it may not leave now. */
async function begin(deps: Deps, sender: Sender, { reply, recipients, days }: Ready): Promise<DispatchedReply | null> {
  const { sql, clock, mailer } = deps
  const outgoing = composeOrFail(reply, sender, clock.now())
  if ('fault' in outgoing) {
    await endReply(deps, reply, outgoing.fault)
    return null
  }
  const gate = await holdSendGate(sql, gateMs(deps))
  try {
    const marked = await markReplySending(sql, {
      ...{ id: reply.id, recipients, senderVersion: sender.version, now: clock.now() },
      ...{ mailboxId: days.mailboxId, mailboxDay: days.mailboxDay, rampLimit: days.rampLimit ?? null },
      leaseUntil: new Date(clock.realNow().getTime() + leaseMs(deps)),
    })
    if (!marked) return null
    const { promise: begun, resolve: onBegun } = Promise.withResolvers<void>()
    const outcome = mailer.send(sender.account, outgoing, { mayBegin: () => gate.isOpen(), onBegun })
    await untilBegun([begun])
    return { reply, fencingToken: marked.claim, outgoing, outcome }
  } finally {
    await gate.release()
  }
}

function composeOrFail(reply: DueReply, { mailbox }: Sender, now: Date): OutgoingMail | { fault: string } {
  try {
    return composeReply(reply, mailbox, now)
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

/** Ends a reply to somebody who was suppressed since it was written, or whom nobody confirmed. True where it did. */
async function refuseIfForbidden(deps: Deps, reply: DueReply, recipients: readonly HashedAddress[]): Promise<boolean> {
  const suppressed = await selectSuppressedAddresses(deps.sql, recipients)
  if (suppressed.every(({ email }) => reply.despiteSuppressed.includes(email))) return false
  await endReply(deps, reply, SUPPRESSED_SINCE)
  deps.log.warn({ reply: reply.id }, 'reply not sent: a recipient is suppressed')
  return true
}

/** Whether today's limit is used up by what has left; what is on the wire may give its place back. */
async function isAtLimit({ sql }: Deps, { mailbox }: Sender, days: LimitDays): Promise<boolean> {
  const limit = limitOn(toDailyLimit(mailbox), days.mailboxDay)
  if (limit === null) return false
  const [used] = await selectReserved(sql, days)
  return used !== undefined && !used.open && used.reserved >= limit
}

const nextDay = ({ mailboxDay }: LimitDays, timezone: string) => ({
  until: endOfDate(mailboxDay, timezone),
  reason: AT_DAILY_LIMIT,
})
