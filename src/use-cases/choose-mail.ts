import type { Mailbox } from '@/db/generated/client'
import { ensureDays, type LimitDays } from '@/db/queries/mark-sending'
import type { RecordedDecision } from '@/db/queries/record-decisions'
import { type DueMail, selectDueMail } from '@/db/queries/select-due-mail'
import { selectReserved } from '@/db/queries/select-reserved'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { type Decision, decide, type MailFacts } from '@/domain/delivery/decide'
import { normaliseEmail } from '@/domain/lead/email'
import { localDate } from '@/domain/time/local-time'
import type { SendingWindow } from '@/domain/time/window'

export type Choice = {
  /** In the order in which they should leave, one for each lead. */
  send: DueMail[]
  /** Deferred and skipped ones. */
  record: RecordedDecision[]
  /** Campaigns of all that were looked at. */
  campaigns: Set<string>
}

export type Chooser = { mailbox: Mailbox; window: SendingWindow }

/** The due mails that whoever asks holds already, as of the moment of asking: not to be read again. */
export type InHand = () => DueMail[]

/**
 * Reads at most `limit` due mails that are not in hand, and asks `decide` about each. Limits are compared with what is
 * reserved, never with what is in hand: another worker may have claimed that meanwhile, and a mail counted twice would put
 * off another for a day. What is chosen beyond a limit the claim refuses, and the next look finds it reached.
 */
export async function chooseMail(
  { sql, clock }: Deps,
  { mailbox, window }: Chooser,
  { limit, inHand, ensure }: { limit: number; inHand: InHand; ensure: EnsureDays },
): Promise<Choice> {
  const now = clock.now()
  const due = await selectDueMail(sql, { mailboxId: mailbox.id, now, limit, except: inHand().map(({ id }) => id) })
  const choice: Choice = { send: [], record: [], campaigns: new Set(due.map(({ campaignId }) => campaignId)) }
  if (due.length === 0) return choice
  const left = await readLimits(sql, mailbox, due, await ensure(due, now))
  const chosenLeads = new Set(inHand().map(({ leadId }) => leadId))
  for (const mail of due) {
    const decision = decide(factsOf(mail, mailbox, window, left), now)
    const record = recordOf(mail, decision)
    if (record) choice.record.push(record)
    if (decision.kind !== 'send' || chosenLeads.has(mail.leadId)) continue
    chosenLeads.add(mail.leadId)
    choice.send.push(mail)
    takeOne(left, mail)
  }
  return choice
}

/** What is written of a mail that does not leave now; null when nothing is. */
export function recordOf({ id }: DueMail, decision: Decision): RecordedDecision | null {
  if (decision.kind === 'skip') return { id, kind: 'skip', reason: decision.reason }
  if (decision.kind === 'defer') return { id, kind: 'defer', reason: decision.reason, until: decision.until }
  return null
}

/** What may still leave today by mailbox (key null) and by campaign; null without a limit. */
export type Left = Map<string | null, number | null>

function takeOne(left: Left, { campaignId }: DueMail): void {
  for (const key of [null, campaignId]) {
    const count = left.get(key)
    if (count !== null && count !== undefined) left.set(key, count - 1)
  }
}

export type EnsureDays = (mails: readonly DueMail[], now: Date) => Promise<LimitDays>

/**
 * Answers the local dates against whose limits mails of `now` count, and makes sure that they have their rows; what it
 * has seen to, it remembers.
 */
export function createDays(sql: Sql, mailbox: Mailbox): EnsureDays {
  const ensured = new Set<string>()
  return async (mails, now) => {
    const days = daysAt(mailbox, mails, now)
    const key = JSON.stringify(days)
    if (!ensured.has(key)) await ensureDays(sql, days)
    ensured.add(key)
    return days
  }
}

/** The local dates against whose limits mails of these campaigns count at `now`. */
export function daysAt(
  mailbox: Mailbox,
  mails: readonly Pick<DueMail, 'campaignId' | 'campaignTimezone'>[],
  now: Date,
): LimitDays {
  const campaigns = new Map(mails.map((mail) => [mail.campaignId, mail.campaignTimezone]))
  return {
    mailboxId: mailbox.id,
    mailboxDay: localDate(now, mailbox.timezone),
    campaignDays: [...campaigns].map(([campaignId, timezone]) => ({ campaignId, day: localDate(now, timezone) })),
  }
}

export async function readLimits(
  sql: Sql,
  mailbox: Mailbox,
  due: readonly Pick<DueMail, 'campaignId' | 'campaignDailyLimit'>[],
  days: LimitDays,
): Promise<Left> {
  const limits: Left = new Map([[null, mailbox.dailyLimit]])
  for (const { campaignId, campaignDailyLimit } of due) limits.set(campaignId, campaignDailyLimit)
  // Without any limit there is nothing to compare with what is reserved.
  if ([...limits.values()].every((limit) => limit === null)) return limits
  for (const row of await selectReserved(sql, days)) {
    const limit = limits.get(row.campaignId) ?? null
    limits.set(row.campaignId, limit === null ? null : limit - row.reserved)
  }
  return limits
}

/** The facts of `decide`, from a row and the mailbox it belongs to. */
export function factsOf(
  mail: DueMail,
  mailbox: Mailbox,
  window: SendingWindow,
  left: ReadonlyMap<string | null, number | null>,
): MailFacts {
  return {
    campaignStatus: mail.campaignStatus,
    campaignTimezone: mail.campaignTimezone,
    scheduledFor: mail.scheduledFor,
    isFirstStep: mail.stepNumber === 1,
    previousStep: mail.previousStep,
    lead: {
      status: mail.leadStatus,
      email: mail.email,
      emailValid: normaliseEmail(mail.email).ok,
      suppressed: mail.suppressed,
      lastContactedAt: mail.lastContactedAt,
    },
    mailbox: mailboxFactsOf(mailbox, window),
    leftToday: { mailbox: left.get(null) ?? null, campaign: left.get(mail.campaignId) ?? null },
  }
}

export const mailboxFactsOf = (mailbox: Mailbox, window: SendingWindow): MailFacts['mailbox'] => ({
  window,
  health: mailbox.health,
  healthReason: mailbox.healthReason,
  coolDownUntil: mailbox.coolDownUntil,
  nextSendAt: mailbox.nextSendAt,
  firstStepsPausedUntil: mailbox.firstStepsPausedUntil,
})
