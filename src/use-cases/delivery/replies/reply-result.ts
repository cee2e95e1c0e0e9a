import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import type { LimitDays } from '@/db/queries/delivery/mark-sending'
import { renewReplyLeasesIf } from '@/db/queries/replies/mark-reply-sending'
import { addTakenIf, recordReplyIf } from '@/db/queries/replies/record-reply'
import type { DueReply } from '@/db/queries/replies/select-due-replies'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { providerMessageId } from '@/domain/conversation/provider-id'
import { judge, type SmtpOutcome, type Verdict } from '@/domain/delivery/outcome'
import { type ReplyResult, replyResultOf } from '@/domain/reply/result'
import { retryUntilDeadline } from '@/lib/retry'
import type { OutgoingMail } from '@/mail/mailer'
import { recordAnswered } from '@/use-cases/leads/record-answered'
import type { MailboxHealth } from '@/use-cases/mailboxes/record-health'
import { suppress } from '@/use-cases/suppression/add-suppression'
import { keepCopy } from '../kept-copies'
import { leaseMs, renewLeases } from '../lease'
import type { Sender } from '../sender'

/** A reply whose SMTP transaction was begun, and its outcome once that has ended. */
export type DispatchedReply = {
  reply: DueReply
  fencingToken: number
  outgoing: OutgoingMail
  outcome: Promise<SmtpOutcome>
}

/** Records what became of a reply once its server has answered; its lease is renewed until then. */
export async function recordReply(
  deps: Deps,
  sender: Sender,
  health: MailboxHealth,
  { dispatched, days }: { dispatched: DispatchedReply; days: LimitDays },
): Promise<{ sent: boolean; mustStop: boolean }> {
  const { reply, fencingToken, outgoing } = dispatched
  const claimed = new Map([[reply.id, fencingToken]])
  const renewal = setInterval(() => void renewLeases(deps, claimed, renewReplyLeasesIf), deps.mailer.deadlineMs)
  try {
    const outcome = await dispatched.outcome
    const verdict = judge(outcome, outgoing.raw.length)
    const result = resultOf(deps, sender, { dispatched, outcome, verdict })
    await retryUntilDeadline(deps, { forMs: leaseMs(deps) }, () => store(deps, sender, { dispatched, result, days }))
    logResult(deps, sender, dispatched, verdict)
    if (result.status === 'sent') await keepCopy(deps, sender, { replyId: reply.id, raw: outgoing.raw })
    if (verdict.kind === 'sent') await health.accepted()
    if (verdict.kind === 'mailbox') await health.failed(verdict)
    return { sent: result.status === 'sent', mustStop: verdict.kind === 'mailbox' }
  } finally {
    clearInterval(renewal)
  }
}

type Answered = { dispatched: DispatchedReply; outcome: SmtpOutcome; verdict: Verdict }

function resultOf(deps: Deps, { settings }: Sender, { dispatched, outcome, verdict }: Answered): ReplyResult {
  const { reply, outgoing } = dispatched
  return replyResultOf(outcome, verdict, {
    recipients: [outgoing.envelope.to, ...(outgoing.envelope.further ?? [])],
    takenBefore: reply.takenEmails.length > 0,
    retryCount: reply.retryCount,
    maxAttempts: settings.maxAttempts,
    now: deps.clock.now(),
    jitter: deps.random() * 2 - 1,
  })
}

/**
 * Stores the result. An answer that has left, if only for the lead so far, takes its lead out of the sequences, as one that was written with a mail program does; an
 * address that does not exist is suppressed. After either commit no email begins that it forbids.
 */
async function store(
  deps: Deps,
  sender: Sender,
  {
    dispatched: { reply, fencingToken },
    result,
    days,
  }: { dispatched: DispatchedReply; result: ReplyResult; days: LimitDays },
): Promise<void> {
  const { sql, clock } = deps
  const { invalid, ...change } = result
  const { host } = sender.account
  const response = result.response
  const providerId = response ? providerMessageId({ response, host, messageId: reply.messageId }) : null
  const recorded = { ...change, id: reply.id, fencingToken, bounces: invalid.length, providerMessageId: providerId }
  if (invalid.length === 0 && result.taken.length === 0 && result.status !== 'sent') {
    await recordReplyIf(sql, recorded, days, clock.now())
    return
  }
  await withSendingBlocked(sql, async (tx) => {
    // Campaigns before anything else, as whoever records their emails locks them.
    if (reply.leadId) await lockCampaignsOfLeads(tx, [reply.leadId])
    // Read once nothing begins any more: an email that began while this waited began before the answer.
    const now = clock.now()
    const changed = (await recordReplyIf(tx, recorded, days, now)) ?? (await addTakenIf(tx, recorded, now))
    if (!changed) return
    await recordAnswered(tx, changed, now)
    if (invalid.length > 0) {
      const entries = invalid.map((value) => ({ kind: 'address' as const, value }))
      await suppress(deps, tx, entries, { reason: 'invalid_address', source: 'smtp' })
    }
  })
}

function logResult(
  { log }: Deps,
  { mailbox }: Sender,
  { reply, fencingToken }: DispatchedReply,
  verdict: Verdict,
): void {
  const reason = 'reason' in verdict ? verdict.reason : undefined
  const fields = { reply: reply.id, lead: reply.leadId, mailbox: mailbox.id, claim: fencingToken }
  log.info({ ...fields, verdict: verdict.kind, reason }, 'reply recorded')
}
