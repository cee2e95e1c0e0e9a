import { type ChangedMail, type RecordedOutcome, recordOutcomes } from '@/db/queries/record-outcomes'
import type { DueMail } from '@/db/queries/select-due-mail'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { judge, type Verdict } from '@/domain/delivery/outcome'
import { retryAt } from '@/domain/delivery/retry'
import type { Days } from './choose-mail'
import { clearMailboxTrouble, setMailboxBack } from './note-mailbox-trouble'
import { pauseCampaign } from './pause-campaign'
import { type Dispatched, LEASE_MS, type Sender } from './send-wave'

export type Settled = { sent: number; other: number; /** No further wave should begin. */ stop: boolean }

type Wave = { dispatched: Dispatched[]; unfit: { mail: DueMail; reason: string }[]; days: Days; nextSendAt: Date | null }
type Judged = Dispatched & { verdict: Verdict }

// Source: product rule "pause the campaign after 3 in a row, say why".
const TEMPLATE_FAULTS = 3

/** Waits for the answers to a wave, records them in one statement, and draws the consequences. */
export function createSettlement(deps: Deps, sender: Sender) {
  const { pool, clock, log } = deps
  const faultsInARow = new Map<string, number>()

  return async function settle({ dispatched, unfit, days, nextSendAt }: Wave): Promise<Settled> {
    const judged = await Promise.all(
      dispatched.map(async (entry): Promise<Judged> => ({ ...entry, verdict: judge(await entry.outcome) })),
    )
    const outcomes = judged.map((entry) => outcomeOf(entry))
    if (outcomes.length > 0) {
      await persistently(() => queryRows<ChangedMail>(pool, recordOutcomes(outcomes, days, clock.now())))
    }
    for (const { mail, claim, verdict } of judged) {
      const reason = 'reason' in verdict ? verdict.reason : undefined
      const fields = { campaign: mail.campaignId, scheduledEmail: mail.id, lead: mail.leadId, mailbox: sender.mailbox.id }
      log.info({ ...fields, step: mail.stepNumber, claim, verdict: verdict.kind, reason }, 'mail settled')
    }
    if (nextSendAt) await deps.db.mailbox.update({ where: { id: sender.mailbox.id }, data: { nextSendAt } })
    const stop = await drawConsequences(judged, unfit)
    const sent = judged.filter(({ verdict }) => verdict.kind === 'sent').length
    return { sent, other: judged.length - sent, stop }
  }

  async function drawConsequences(judged: Judged[], unfit: Wave['unfit']): Promise<boolean> {
    for (const { mail, reason } of unfit) await pauseForTemplate(mail.campaignId, reason)
    for (const { mail, verdict } of judged) {
      if (verdict.kind === 'sent') faultsInARow.delete(mail.campaignId)
      if (verdict.kind !== 'template') continue
      const faults = (faultsInARow.get(mail.campaignId) ?? 0) + 1
      faultsInARow.set(mail.campaignId, faults)
      if (faults === TEMPLATE_FAULTS) await pauseForTemplate(mail.campaignId, verdict.reason)
    }
    const trouble = judged.map(({ verdict }) => verdict).find((verdict) => verdict.kind === 'mailbox')
    if (trouble) await setMailboxBack(deps, sender.mailbox, trouble)
    else if (judged.some(({ verdict }) => verdict.kind === 'sent')) await clearMailboxTrouble(deps, sender.mailbox)
    return trouble !== undefined
  }

  async function pauseForTemplate(campaignId: string, why: string): Promise<void> {
    const reason = `a mail could not be made or was refused for its content: ${why}`
    // Somebody may have paused or stopped it meanwhile; then there is nothing left to do.
    await pauseCampaign(deps, { campaignId, by: null, reason }).catch((error: Error) =>
      log.info({ campaign: campaignId, err: error }, 'campaign was not running any more'),
    )
  }

  function outcomeOf({ mail, claim, composed, verdict }: Judged): RecordedOutcome {
    const base = { id: mail.id, claim, dueAt: null, attemptUsed: false, addressInvalid: false, message: null }
    switch (verdict.kind) {
      case 'sent':
        return { ...base, status: 'sent', reason: verdict.response, message: composed.content }
      case 'held':
        return { ...base, status: 'held', reason: verdict.reason }
      case 'failed':
        return { ...base, status: 'failed', reason: verdict.reason, attemptUsed: true, addressInvalid: verdict.addressInvalid }
      case 'retry': {
        const dueAt = retryAt(mail.retryCount + 1, sender.settings.maxAttempts, clock.now(), Math.random() * 2 - 1)
        const status = dueAt ? 'pending' : 'failed'
        return { ...base, status, reason: dueAt ? `retry: ${verdict.reason}` : verdict.reason, dueAt, attemptUsed: true }
      }
      case 'mailbox':
      case 'template':
        return { ...base, status: 'pending', reason: verdict.reason }
      case 'not_begun':
        return { ...base, status: 'pending', reason: null }
    }
  }

  /**
   * The answer of the server exists only in this process until it is recorded, so a database that is away is asked
   * again until the lease is over; then the mail becomes `held`, which is the truth.
   */
  async function persistently<T>(work: () => Promise<T>): Promise<T> {
    const endBy = clock.realNow().getTime() + LEASE_MS
    for (let delay = 100; ; delay = Math.min(5_000, delay * 2)) {
      try {
        return await work()
      } catch (error) {
        if (clock.realNow().getTime() > endBy) throw error
        log.warn({ err: error }, 'results could not be recorded yet')
        await new Promise((resolve) => setTimeout(resolve, delay))
      }
    }
  }
}
