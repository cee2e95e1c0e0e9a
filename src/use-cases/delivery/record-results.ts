import { lockCampaignsOfEmails } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import type { LimitDays } from '@/db/queries/delivery/mark-sending'
import { type RecordedOutcome, recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { skipIfEnded } from '@/db/queries/delivery/skip-ended'
import { withSendingBlocked } from '@/db/send-gate'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import type { EmailStatus } from '@/domain/campaign/progress'
import { providerMessageId } from '@/domain/conversation/provider-id'
import { isSlowAnswer } from '@/domain/delivery/connection-limit'
import { judge, type SmtpOutcome, type Verdict } from '@/domain/delivery/outcome'
import { resultOf } from '@/domain/delivery/result'
import { inGroups } from '@/lib/gather'
import { retryUntilDeadline } from '@/lib/retry'
import { timed } from '@/lib/timed'
import { inSpan } from '@/lib/tracing'
import type { MailboxHealth } from '@/use-cases/mailboxes/record-health'
import type { DispatchedBatch, DispatchedEmail } from './dispatch-batch'
import { keepCopies } from './kept-copies'
import { leaseMs, renewLeases } from './lease'
import { pauseFirstStepsIfBouncing } from './mailbox-health'
import type { Refusals } from './refusals'
import type { Sender } from './sender'

/** What became of emails of a batch that were recorded together. */
export type RecordedGroup = {
  sent: number
  other: number
  /** No further batch should begin: the mailbox failed, or its first steps pause. */
  mustStop: boolean
}

type JudgedEmail = Omit<DispatchedEmail, 'outcome'> & {
  outcome: SmtpOutcome
  verdict: Verdict
  tookMs: number
  othersPassed: boolean
}

/** What shows only over several batches. */
export type JobMemory = {
  refusals: Refusals
  health: MailboxHealth
  /** Emails that the server has taken. */
  accepted: number
}

/**
 * Records the outcomes of a batch as they come, in groups: an email whose server is slow keeps no other in doubt, and its
 * lease is renewed. Of each group, updates the health of mailbox and campaigns.
 */
export async function* recordResults(
  deps: Deps,
  sender: Sender,
  memory: JobMemory,
  { dispatched, days }: DispatchedBatch,
): AsyncGenerator<RecordedGroup> {
  const acceptedBefore = memory.accepted
  const begunAt = deps.clock.realNow().getTime()
  const outcomes = dispatched.map(async (entry): Promise<JudgedEmail> => {
    const outcome = await entry.outcome
    const verdict = judge(outcome, entry.composed.outgoing.raw.length)
    if (verdict.kind === 'sent') memory.accepted++
    const tookMs = deps.clock.realNow().getTime() - begunAt
    return { ...entry, outcome, verdict, tookMs, othersPassed: memory.accepted > acceptedBefore }
  })
  const open = new Map(dispatched.map(({ email, fencingToken }) => [email.id, fencingToken]))
  const renewal = setInterval(() => void renewLeases(deps, open), deps.mailer.deadlineMs)
  try {
    for await (const answers of inGroups(outcomes)) {
      const group = await recordGroup(deps, sender, memory, answers, days)
      for (const { email } of answers) open.delete(email.id)
      yield group
    }
  } finally {
    clearInterval(renewal)
  }
}

/** Records emails of one batch in one statement. */
async function recordGroup(
  deps: Deps,
  sender: Sender,
  { refusals, health }: JobMemory,
  answers: JudgedEmail[],
  days: LimitDays,
): Promise<RecordedGroup> {
  const judged = await refusals.settle(answers, async (settled) => {
    if (settled.length === 0) return
    const now = deps.clock.now()
    const outcomes = settled.map((entry) => outcomeOf(entry, sender, { now, jitter: deps.random() * 2 - 1 }))
    // For as long as a lease lasts; an email that is `held` meanwhile still takes its late result.
    const attempt = () => retryUntilDeadline(deps, { forMs: leaseMs(deps) }, () => recordAttempts(deps, outcomes, days))
    const record = () => inSpan('record results', () => ({ emails: outcomes.length }), attempt)
    measureEnds(deps, sender, await timed(record, deps.measures?.recordTook))
  })
  logResults(deps, sender, judged)
  await keepCopies(deps, sender, judged)
  const handedOver = answers.filter(isHandedOver)
  for (const { tookMs } of handedOver) deps.measures?.serverAnswered(tookMs / 1000)
  await sender.connections.answered(handedOver.map(({ tookMs }) => isSlowAnswer(tookMs, deps.mailer.deadlineMs)))
  const mustStop = await updateMailboxHealth(deps, sender, health, judged)
  const sent = judged.filter(({ verdict }) => verdict.kind === 'sent').length
  return { sent, other: judged.length - sent, mustStop }
}

/** Whether its message was handed over to the server. */
const isHandedOver = ({ outcome }: JudgedEmail): boolean =>
  outcome.kind === 'accepted' || ('phase' in outcome && outcome.phase === 'body')

/** Counts the ends of emails, and doubt; what goes back has none. */
function measureEnds({ measures }: Deps, { mailbox }: Sender, changed: readonly { status: EmailStatus }[]): void {
  for (const { status } of changed)
    if (status === 'sent' || status === 'failed' || status === 'held') measures?.emailsRecorded(mailbox.id, status)
}

function outcomeOf(
  { email, fencingToken, composed, verdict }: JudgedEmail,
  { settings: { maxAttempts }, account: { host } }: Sender,
  at: { now: Date; jitter: number },
): RecordedOutcome {
  return {
    ...resultOf(verdict, { retryCount: email.retryCount, maxAttempts, ...at }),
    id: email.id,
    fencingToken,
    providerMessageId:
      verdict.kind === 'sent'
        ? providerMessageId({ response: verdict.response, host, messageId: email.messageId })
        : null,
    message: verdict.kind === 'sent' ? { ...composed.content, to: composed.outgoing.envelope.to } : null,
  }
}

/**
 * Records what became of attempts, as `recordOutcomes` does. What is to be tried again is skipped where its sequence has ended
 * meanwhile. A suppressed address is one more thing after whose commit no SMTP transaction may begin.
 */
export function recordAttempts(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  outcomes: RecordedOutcome[],
  days: LimitDays,
) {
  const write = async (tx: Tx) => {
    await lockCampaignsOfEmails(
      tx,
      outcomes.map(({ id }) => id),
    )
    // Read once it is their turn: what has committed before, as a lead that was taken out, came before this.
    const now = clock.now()
    const changed = await recordOutcomes(tx, outcomes, days, now)
    const back = changed.filter(({ status }) => status === 'pending').map(({ id }) => id)
    if (back.length > 0) await skipIfEnded(tx, { ids: back, at: now })
    return changed
  }
  if (outcomes.some(({ addressInvalid }) => addressInvalid)) return withSendingBlocked(sql, write)
  const comeBack = outcomes.some(({ status }) => status === 'pending')
  return comeBack ? transaction(sql, write) : recordOutcomes(sql, outcomes, days, clock.now())
}

function logResults({ log }: Deps, { mailbox }: Sender, judged: readonly JudgedEmail[]): void {
  for (const { email, fencingToken, verdict } of judged) {
    const reason = 'reason' in verdict ? verdict.reason : undefined
    const { campaignId, id, leadId, stepNumber } = email
    const fields = { campaign: campaignId, scheduledEmail: id, lead: leadId, mailbox: mailbox.id, step: stepNumber }
    log.info({ ...fields, claim: fencingToken, verdict: verdict.kind, reason }, 'email recorded')
  }
}

/** Pauses first steps when too much bounced, degrades the mailbox that failed or clears its failure; true to stop. */
async function updateMailboxHealth(
  deps: Deps,
  { mailbox }: Sender,
  health: MailboxHealth,
  judged: readonly JudgedEmail[],
): Promise<boolean> {
  const hasBounced = judged.some(({ verdict }) => verdict.kind === 'failed' && verdict.addressInvalid)
  const campaigns = judged.map(({ email }) => email.campaignId)
  const firstStepsPause = hasBounced && (await pauseFirstStepsIfBouncing(deps, mailbox, campaigns))
  const failure = judged.map(({ verdict }) => verdict).find((verdict) => verdict.kind === 'mailbox')
  if (judged.some(({ verdict }) => verdict.kind === 'sent')) await health.accepted()
  if (failure) await health.failed(failure)
  return firstStepsPause || failure !== undefined
}
