import type { LimitDays } from '@/db/queries/mark-sending'
import { type RecordedOutcome, recordOutcomes } from '@/db/queries/record-outcomes'
import { forgetRefused, rememberRefused } from '@/db/queries/remember-refused'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { judge, type Verdict } from '@/domain/delivery/outcome'
import { retryAt } from '@/domain/delivery/retry'
import { DomainError } from '@/domain/errors'
import { clearMailboxTrouble, setMailboxBack } from './note-mailbox-trouble'
import { pauseCampaign } from './pause-campaign'
import { persistently } from './persistently'
import { watchBounces } from './watch-bounces'
import { type Dispatched, leaseMs, type Sender, type UnfitMail } from './wave'

export type Settled = {
  sent: number
  other: number
  /** No further wave should begin. */
  stop: boolean
}

type Wave = { dispatched: Dispatched[]; days: LimitDays }
type Judged = Dispatched & { verdict: Verdict }

// Source: product rule "pause the campaign after 3 in a row, say why".
const TEMPLATE_FAULTS = 3
const later = (now: Date) => new Date(now.getTime() + 15 * 60_000)

/** Waits for the answers to a wave, records them in one statement, and draws the consequences. */
export function createSettlement(deps: Deps, sender: Sender) {
  const { sql, clock, log } = deps
  // Campaigns of which this job saw a mail accepted, and none refused for its content since.
  const accepted = new Set<string>()

  async function settle({ dispatched, days }: Wave): Promise<Settled> {
    const judged = await Promise.all(
      dispatched.map(async (entry): Promise<Judged> => ({ ...entry, verdict: judge(await entry.outcome) })),
    )
    const outcomes = judged.map((entry) => outcomeOf(entry))
    if (outcomes.length > 0) {
      // For as long as a lease lasts; a mail that is `held` meanwhile still takes its late result.
      await persistently(deps, { forMs: leaseMs(deps) }, () => record(outcomes, days))
    }
    for (const { mail, claim, verdict } of judged) {
      const reason = 'reason' in verdict ? verdict.reason : undefined
      const fields = {
        campaign: mail.campaignId,
        scheduledEmail: mail.id,
        lead: mail.leadId,
        mailbox: sender.mailbox.id,
      }
      log.info({ ...fields, step: mail.stepNumber, claim, verdict: verdict.kind, reason }, 'mail settled')
    }
    const stop = await drawConsequences(judged)
    const sent = judged.filter(({ verdict }) => verdict.kind === 'sent').length
    return { sent, other: judged.length - sent, stop }
  }

  // A suppressed address is one more thing after whose commit no dialogue may begin.
  function record(outcomes: RecordedOutcome[], days: LimitDays) {
    const now = clock.now()
    return outcomes.some(({ addressInvalid }) => addressInvalid)
      ? withSendingBlocked(sql, (tx) => recordOutcomes(tx, outcomes, days, now))
      : recordOutcomes(sql, outcomes, days, now)
  }

  /** Pauses the campaigns of mails that could not be written. */
  async function settleUnfit(unfit: readonly UnfitMail[]): Promise<void> {
    for (const { mail, reason } of unfit) await pauseForTemplate(mail.campaignId, reason)
  }

  async function drawConsequences(judged: Judged[]): Promise<boolean> {
    await countRefusals(judged)
    const bounced = judged.filter(({ verdict }) => verdict.kind === 'failed' && verdict.addressInvalid)
    const campaigns = judged.map(({ mail }) => mail.campaignId)
    const paused = bounced.length > 0 && (await watchBounces(deps, sender.mailbox, campaigns))
    const trouble = judged.map(({ verdict }) => verdict).find((verdict) => verdict.kind === 'mailbox')
    if (trouble) await setMailboxBack(deps, sender.mailbox, trouble)
    else if (judged.some(({ verdict }) => verdict.kind === 'sent')) await clearMailboxTrouble(deps, sender.mailbox)
    return paused || trouble !== undefined
  }

  // The count outlives the job: a mailbox with a pace may send one mail a job.
  async function countRefusals(judged: Judged[]): Promise<void> {
    for (const [campaignId, wave] of Map.groupBy(judged, ({ mail }) => mail.campaignId)) {
      if (wave.some(({ verdict }) => verdict.kind === 'sent') && !accepted.has(campaignId)) {
        await forgetRefused(sql, campaignId)
        accepted.add(campaignId)
      }
      for (const { mail, verdict } of wave) {
        if (verdict.kind !== 'template') continue
        accepted.delete(campaignId)
        const row = await rememberRefused(sql, campaignId, mail.id)
        if (row && row.inARow >= TEMPLATE_FAULTS) await pauseForTemplate(campaignId, verdict.reason)
      }
    }
  }

  async function pauseForTemplate(campaignId: string, why: string): Promise<void> {
    await forgetRefused(sql, campaignId)
    const reason = `a mail could not be made or was refused for its content: ${why}`
    await pauseCampaign(deps, { campaignId, by: null, reason }).catch((error: unknown) => {
      // Somebody paused or stopped it meanwhile; then there is nothing left to do.
      if (!(error instanceof DomainError && error.code === 'illegal_move')) throw error
      log.info({ campaign: campaignId }, 'campaign was not running any more')
    })
  }

  function outcomeOf({ mail, claim, composed, verdict }: Judged): RecordedOutcome {
    const base = { id: mail.id, claim, dueAt: null, attemptUsed: false, addressInvalid: false, message: null }
    switch (verdict.kind) {
      case 'sent':
        return {
          ...base,
          status: 'sent',
          reason: verdict.response,
          message: { ...composed.content, to: composed.outgoing.envelope.to },
        }
      case 'held':
        return { ...base, status: 'held', reason: verdict.reason }
      case 'failed':
        return {
          ...base,
          status: 'failed',
          reason: verdict.reason,
          attemptUsed: true,
          addressInvalid: verdict.addressInvalid,
        }
      case 'retry': {
        const dueAt = retryAt(mail.retryCount + 1, sender.settings.maxAttempts, clock.now(), Math.random() * 2 - 1)
        const status = dueAt ? 'pending' : 'failed'
        return {
          ...base,
          status,
          reason: dueAt ? `retry: ${verdict.reason}` : verdict.reason,
          dueAt,
          attemptUsed: true,
        }
      }
      case 'mailbox':
      case 'template':
        // Later than the others: one recipient whose server always answers so must not head every wave.
        return { ...base, status: 'pending', reason: verdict.reason, dueAt: later(clock.now()) }
      case 'not_begun':
        return { ...base, status: 'pending', reason: null }
    }
  }

  return { settle, settleUnfit }
}
