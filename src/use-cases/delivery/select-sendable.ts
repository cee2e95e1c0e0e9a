import type { RecordedDecision } from '@/db/queries/delivery/record-decisions'
import { type DueEmail, selectDueEmails } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import { isForOpenLimit, takeOne } from '@/domain/delivery/daily-limits'
import { type Decision, decide } from '@/domain/delivery/decide'
import { type EnsureLimitDays, readLeftToday } from './daily-limits'
import { deliveryFactsOf } from './delivery-facts'
import type { Sender } from './sender'

export type SelectedEmails = {
  /** In the order in which they should leave, one for each lead. */
  send: DueEmail[]
  /** Deferred, skipped and cancelled ones. */
  record: RecordedDecision[]
  /** Campaigns of all that were looked at. */
  campaigns: Set<string>
  /** The mailbox or the settings were saved since they were read: nothing was decided. */
  senderChanged: boolean
}

/** Returns the emails that the job has taken or buffered at the moment of the call: they are not read again. */
export type Buffered = () => DueEmail[]

/**
 * Reads at most `limit` due emails that are not buffered, and decides about each. Limits are compared with
 * reservations, never with the buffer: another worker may have claimed those meanwhile, and an email counted twice
 * would put off another for a day. Emails selected beyond a limit are refused by the claim, and the next look finds the
 * limit reached. While emails that count against it are on their way nothing is put off for it: see `isForOpenLimit`.
 */
export async function selectSendable(
  { sql, clock }: Deps,
  { mailbox, window, version }: Pick<Sender, 'mailbox' | 'window' | 'version'>,
  { limit, buffered, ensureDays }: { limit: number; buffered: Buffered; ensureDays: EnsureLimitDays },
): Promise<SelectedEmails> {
  const now = clock.now()
  const due = await selectDueEmails(sql, { mailboxId: mailbox.id, now, limit, except: buffered().map(({ id }) => id) })
  const selection: SelectedEmails = {
    send: [],
    record: [],
    campaigns: new Set(due.map(({ campaignId }) => campaignId)),
    senderChanged: due.some(({ senderVersion }) => senderVersion !== version),
  }
  if (due.length === 0 || selection.senderChanged) return selection
  const { left, open } = await readLeftToday(sql, mailbox, due, await ensureDays(due, now))
  const selectedLeads = new Set<string>()
  const select = ({ leadId, campaignId }: DueEmail) => {
    selectedLeads.add(leadId)
    open.add(null).add(campaignId)
  }
  for (const email of buffered()) select(email)
  for (const email of due) {
    const decision = decide(deliveryFactsOf(email, mailbox, window, left, clock.realNow()), now)
    const record = recordedDecisionOf(email, decision)
    if (record && !isForOpenLimit(decision, email.campaignId, open)) selection.record.push(record)
    if (decision.kind !== 'send' || selectedLeads.has(email.leadId)) continue
    select(email)
    selection.send.push(email)
    takeOne(left, email.campaignId)
  }
  return selection
}

/** The record of a decision that an email does not leave now; null when nothing is written. */
export function recordedDecisionOf({ id }: DueEmail, decision: Decision): RecordedDecision | null {
  // As the change itself has cancelled what was planned then, so that all of it comes back when the lead is put back.
  if (decision.kind === 'skip' && decision.reason === 'taken_out')
    return { id, kind: 'cancel', reason: decision.reason }
  if (decision.kind === 'skip') return { id, kind: 'skip', reason: decision.reason }
  if (decision.kind === 'defer') return { id, kind: 'defer', reason: decision.reason, until: decision.until }
  return null
}
