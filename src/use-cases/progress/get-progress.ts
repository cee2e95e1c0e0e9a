import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import * as queries from '@/db/queries/progress/select-ledger'
import type { Deps } from '@/deps'
import { capacityOf, type MailboxCapacity } from '@/domain/campaign/daily-capacity'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { type Ledger, ledgerOf } from '@/domain/campaign/progress'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { Waiting } from '@/domain/campaign/waiting'
import { stillPausedUntil } from '@/domain/delivery/bounce-rate'
import type { Decision, MailboxHealth } from '@/domain/delivery/decide'
import { limitOn } from '@/domain/delivery/ramp'
import { localDate } from '@/domain/time/local-time'
import { type AnswerNumbers, loadAnswerNumbers } from '@/use-cases/campaigns/load-answer-numbers'
import { type CampaignWithParts, loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { decideNow } from '@/use-cases/delivery/decide-now'
import { type Generation, getGeneration } from '@/use-cases/lead-generation/get-generation'
import { countSentToday } from '@/use-cases/mailboxes/count-sent-today'
import { explainWaiting } from './explain-waiting'
import { lastAtPace } from './last-at-pace'
import { missingCopies } from './missing-copies'

export type StepProgress = {
  stepNumber: number
  name: string
  /** Span of the step's times, planned or already past. */
  firstAt: Date | null
  lastAt: Date | null
  ledger: Ledger
}

export type MailboxToday = {
  id: string
  name: string
  fromEmail: string
  sentToday: number
  dailyLimit: number | null
  /** What it sends on a day, by its limit or its gap. */
  /** Of today. */
  capacity: MailboxCapacity
  /** Its daily limit, which it has not reached yet; null where it does not ramp up any more. */
  growsTo: number | null
  health: MailboxHealth
  healthReason: string | null
  /** Too much of its email bounced: until then only follow-ups leave. */
  firstStepsPausedUntil: Date | null
}

export type NextEmail = {
  id: string
  at: Date
  stepNumber: number
  leadId: string
  leadName: string
  /** What `decide` says of it right now: why it has not left, and when it may. */
  decision: Decision
}

export type Progress = {
  status: CampaignStatus
  statusReason: string | null
  timezone: string
  ledger: Ledger
  steps: StepProgress[]
  days: queries.DayCount[]
  next: NextEmail | null
  /** When the last planned email leaves, if nothing changes. */
  expectedEnd: Date | null
  /** A gap between emails sets the pace, so that `expectedEnd` is about right. */
  endIsAbout: boolean
  /** Why what is pending has not left: each email in one group. */
  waiting: Waiting[]
  /** Failed emails by reason, with one of their leads. */
  failures: { reason: string; count: number; lead: string }[]
  mailboxes: MailboxToday[]
  /** What became of the leads that it has emailed, and how many those are. */
  answers: AnswerNumbers & { contacted: number }
  /** Sent emails that no server has confirmed: a person or the setting decided so. */
  assumed: number
  /** Held emails that should lie in Sent by now if they had left, and do not. */
  heldMissing: number
  /** Leads that emails were planned for so far. */
  leads: number
  /** Emails sent in the last hour of campaign time. */
  sentLastHour: number
  generation: Generation | null
  asOf: Date
}

/** The progress of a campaign, from the rows themselves. @throws {DomainError} not_found */
export async function getProgress(deps: Deps, { campaignId }: { campaignId: string }): Promise<Progress> {
  const { db, sql, clock } = deps
  const campaign = await loadCampaign(deps, campaignId)
  const now = clock.now()
  const boxes = campaign.mailboxes.map(({ mailbox }) => mailbox)
  const [counts, days, assumed, failures, next, last, paced, sentLastHour, mailboxes, generation, answersOf] =
    await Promise.all([
      queries.selectStepCounts(sql, campaignId),
      queries.selectDays(sql, campaignId),
      queries.countAssumed(sql, campaignId),
      queries.selectFailures(sql, campaignId),
      queries.selectNextEmail(sql, campaignId),
      queries.selectLastPlanned(sql, campaignId),
      lastAtPace(deps, { campaign, mailboxes: boxes, now }),
      db.email.count({ where: { campaignId, sentAt: { gt: new Date(now.getTime() - 3_600_000) } } }),
      readMailboxes(deps, boxes, now),
      getGeneration(deps, campaign),
      loadAnswerNumbers(deps, [campaignId]),
    ])
  const waiting = await explainWaiting(deps, campaign, boxes, counts, now)
  const ledger = ledgerOf(counts)
  const missing = await missingCopies(deps, { campaignId, held: ledger.held })
  const onTheWire = counts.find(({ status, count }) => status === 'sending' && count > 0)
  return {
    status: campaign.status,
    statusReason: campaign.statusReason,
    timezone: campaign.timezone,
    ledger,
    steps: stepsOf(campaign.sequence, counts),
    days,
    next: next ? await explain(deps, next, campaign.mailboxes) : null,
    expectedEnd: paced && (!last?.at || paced > last.at) ? paced : (last?.at ?? (onTheWire ? now : null)),
    endIsAbout: paced !== null,
    waiting,
    failures: failures.map(({ reason, ...failed }) => ({ reason: reason ?? 'No reason was recorded', ...failed })),
    mailboxes,
    answers: {
      ...answersOf(campaignId),
      contacted: ledgerOf(counts.filter(({ stepNumber }) => stepNumber === 1)).sent,
    },
    assumed: assumed[0]?.count ?? 0,
    heldMissing: missing.size,
    leads: campaign.totalLeadsTargeted,
    sentLastHour,
    generation,
    asOf: now,
  }
}

function stepsOf(sequence: CampaignWithParts['sequence'], counts: queries.StepCount[]): StepProgress[] {
  const names = new Map(sequence.map(({ stepNumber, template }) => [stepNumber, template.name]))
  const numbers = [...new Set([...names.keys(), ...counts.map(({ stepNumber }) => stepNumber)])].sort((a, b) => a - b)
  return numbers.map((stepNumber) => {
    const own = counts.filter((count) => count.stepNumber === stepNumber)
    const times = own.flatMap(({ firstAt, lastAt }) => [firstAt.getTime(), lastAt.getTime()])
    return {
      stepNumber,
      name: names.get(stepNumber) ?? `Step ${stepNumber}`,
      firstAt: times.length > 0 ? new Date(Math.min(...times)) : null,
      lastAt: times.length > 0 ? new Date(Math.max(...times)) : null,
      ledger: ledgerOf(own),
    }
  })
}

type MailboxRow = CampaignWithParts['mailboxes'][number]['mailbox']

async function readMailboxes({ db }: Deps, mailboxes: MailboxRow[], now: Date): Promise<MailboxToday[]> {
  return Promise.all(
    mailboxes.map(async (mailbox) => {
      const { id, name, fromEmail, health, healthReason } = mailbox
      const dailyLimit = limitOn(toDailyLimit(mailbox), localDate(now, mailbox.timezone))
      const firstStepsPausedUntil = stillPausedUntil(mailbox.firstStepsPausedUntil, now)
      const today = await countSentToday({ db }, mailbox, now)
      const capacity = capacityOf({ ...mailbox, dailyLimit })
      return {
        id,
        name,
        fromEmail,
        dailyLimit,
        capacity,
        growsTo: mailbox.dailyLimit !== dailyLimit ? mailbox.dailyLimit : null,
        health,
        healthReason,
        firstStepsPausedUntil,
        sentToday: today,
      }
    }),
  )
}

async function explain(
  deps: Deps,
  { mailboxId, ...next }: Omit<NextEmail, 'decision'> & { mailboxId: string },
  mailboxes: { mailbox: MailboxRow }[],
): Promise<NextEmail | null> {
  const [email] = await selectEmailFacts(deps.sql, [next.id])
  const mailbox = mailboxes.find((entry) => entry.mailbox.id === mailboxId)?.mailbox
  if (!email || !mailbox) return null
  const decision = (await decideNow(deps, mailbox, [email], deps.clock.now())).get(email.id)
  return decision ? { ...next, decision } : null
}
