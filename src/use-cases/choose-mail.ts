import type { Mailbox } from '@/db/generated/client'
import { lockContestedLeads } from '@/db/queries/lock-contested-leads'
import { ensureDays, type LimitDays } from '@/db/queries/mark-sending'
import type { RecordedDecision } from '@/db/queries/record-decisions'
import { type DueMail, selectDueMail, selectMailFacts } from '@/db/queries/select-due-mail'
import { selectReserved } from '@/db/queries/select-reserved'
import { type Connection, queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { localDate, type SendingWindow } from '@/domain/campaign/window'
import { decide, type MailFacts } from '@/domain/delivery/decide'
import { normaliseEmail } from '@/domain/lead/email'

export type Choice = {
  /** In the order in which they should leave, one for each lead. */
  send: DueMail[]
  /** Deferred and skipped ones. */
  record: RecordedDecision[]
  days: LimitDays
  /** How many due mails were looked at. */
  seen: number
}

type Chooser = { mailbox: Mailbox; window: SendingWindow }

/**
 * Reads due mails and asks `decide` about each. `limit` bounds how many are read, `size` how many may leave; `ensured`
 * remembers over the waves of a job which days have their rows.
 */
export async function chooseMail(
  { pool, clock }: Deps,
  { mailbox, window }: Chooser,
  { gate, limit, size, ensured }: { gate: Connection; limit: number; size: number; ensured: Set<string> },
): Promise<Choice> {
  const now = clock.now()
  const due = await queryRows<DueMail>(pool, selectDueMail({ mailboxId: mailbox.id, now, limit }))
  const days = daysOf(mailbox, due, now)
  const left =
    due.length > 0 ? await readLimits(pool, mailbox, due, days, ensured) : new Map<string | null, number | null>()
  const choice: Choice = { send: [], record: [], days, seen: due.length }
  const chosenLeads = new Set<string>()

  const settle = (mail: DueMail) => {
    const decision = decide(factsOf(mail, mailbox, window, left), now)
    if (decision.kind === 'skip') choice.record.push({ id: mail.id, kind: 'skip', reason: decision.reason })
    if (decision.kind === 'defer') {
      choice.record.push({ id: mail.id, kind: 'defer', reason: decision.reason, until: decision.until })
    }
    if (decision.kind !== 'send' || choice.send.length >= size || chosenLeads.has(mail.leadId)) return
    chosenLeads.add(mail.leadId)
    choice.send.push(mail)
    for (const key of [null, mail.campaignId]) left.set(key, minusOne(left.get(key)))
  }
  for (const mail of due) if (!mail.contested) settle(mail)
  for (const mail of await readUnderLock(
    pool,
    gate,
    due.filter(({ contested }) => contested),
  ))
    settle(mail)
  return choice
}

const minusOne = (count: number | null | undefined) => (count === null || count === undefined ? null : count - 1)

// Another worker may be mailing the same lead for another campaign right now. Facts read under the lead's lock cannot
// have missed that; a lead whose lock is taken is asked again in a later wave.
async function readUnderLock(pool: Connection, gate: Connection, contested: DueMail[]): Promise<DueMail[]> {
  if (contested.length === 0) return []
  const locked = await queryRows<{ id: string }>(gate, lockContestedLeads([...new Set(contested.map((m) => m.leadId))]))
  const ours = new Set(locked.map(({ id }) => id))
  const ids = contested.filter(({ leadId }) => ours.has(leadId)).map(({ id }) => id)
  return ids.length > 0 ? queryRows<DueMail>(pool, selectMailFacts(ids)) : []
}

/** The local dates against whose limits mails of now count. */
function daysOf(mailbox: Mailbox, due: readonly DueMail[], now: Date): LimitDays {
  const campaigns = new Map(due.map((mail) => [mail.campaignId, mail.campaignTimezone]))
  return {
    mailboxId: mailbox.id,
    mailboxDay: localDate(now, mailbox.timezone),
    campaignDays: [...campaigns].map(([campaignId, timezone]) => ({ campaignId, day: localDate(now, timezone) })),
  }
}

/** What may still leave today by mailbox (key null) and by campaign; null without a limit. */
async function readLimits(
  pool: Connection,
  mailbox: Mailbox,
  due: readonly DueMail[],
  days: LimitDays,
  ensured: Set<string>,
) {
  const key = JSON.stringify(days)
  if (!ensured.has(key)) await queryRows(pool, ensureDays(days))
  ensured.add(key)
  const limits = new Map<string | null, number | null>([[null, mailbox.dailyLimit]])
  for (const { campaignId, campaignDailyLimit } of due) limits.set(campaignId, campaignDailyLimit)
  // Without any limit there is nothing to compare with what is reserved.
  if ([...limits.values()].every((limit) => limit === null)) return limits
  for (const row of await queryRows<{ campaignId: string | null; reserved: number }>(pool, selectReserved(days))) {
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
    scheduledFor: mail.scheduledFor,
    previousStep: mail.previousStep,
    lead: {
      status: mail.leadStatus,
      email: mail.email,
      emailValid: normaliseEmail(mail.email).ok,
      suppressed: mail.suppressed,
      lastContactedAt: mail.lastContactedAt,
    },
    mailbox: {
      window,
      health: mailbox.health as MailFacts['mailbox']['health'],
      healthReason: mailbox.healthReason,
      coolDownUntil: mailbox.coolDownUntil,
      nextSendAt: mailbox.nextSendAt,
    },
    leftToday: { mailbox: left.get(null) ?? null, campaign: left.get(mail.campaignId) ?? null },
  }
}
