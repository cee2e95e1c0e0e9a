import { insertEvent } from '@/db/queries/campaigns/insert-event'
import {
  countBounce,
  deferEmailsOfLead,
  selectColleagues,
  setAwayUntil,
  setLeadStatusIf,
} from '@/db/queries/conversations/act-on-answer'
import { writeProviderIds } from '@/db/queries/conversations/repair-provider-ids'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { type SkipOfLeads, skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Effect, StopReason } from '@/domain/conversation/effects'
import type { StoredEffects } from '@/domain/conversation/stored-effects'
import { suppress } from '@/use-cases/suppression/add-suppression'

/** What a message has done, as it is stored beside it, and what it leaves to a person. */
export type Done = StoredEffects & { proposals: Effect[] }

/** The email that a message belongs to, as its effects need it. */
export type ActedOn = {
  campaignId: string | null
  fencingToken: number
  /** Of the copy in Sent; null where the text of the email is not known. */
  copy: { from: string; to: string; subject: string; text: string; html: string | null } | null
}

/** Does what a message does, in the order in which nothing hides the reason of another. */
export async function doEffects(deps: Deps, tx: Tx, effects: readonly Effect[], email: ActedOn): Promise<Done> {
  const done: Done = { proposals: [] }
  // Suppressing skips as well: it comes last, so that emails are skipped for the reason that the lead has given.
  const ordered = effects.toSorted((a, b) => Number(a.do === 'suppress') - Number(b.do === 'suppress'))
  for (const effect of ordered) await doEffect(deps, tx, effect, email, done)
  return done
}

async function doEffect(deps: Deps, tx: Tx, effect: Effect, email: ActedOn, done: Done): Promise<void> {
  const at = deps.clock.now()
  switch (effect.do) {
    case 'set_lead_status':
      if (await setLeadStatusIf(tx, { ...effect, at })) done.leadStatus = effect.to
      return
    case 'skip_emails':
      return skip(tx, done, { leadIds: [effect.leadId], reason: SKIP_REASONS[effect.reason], at })
    case 'ask_person':
      done.proposals.push(effect)
      done.asksPerson = true
      return skip(tx, done, { leadIds: [effect.leadId], reason: 'asks_to_stop', at })
    case 'skip_company': {
      const leadIds = (await selectColleagues(tx, effect)).map(({ id }) => id)
      if (leadIds.length > 0) await skip(tx, done, { leadIds, reason: 'company_replied', at }, effect.campaignId)
      return
    }
    case 'defer_emails': {
      await setAwayUntil(tx, { ...effect, at })
      const moved = await deferEmailsOfLead(tx, { ...effect, at })
      done.deferred = (done.deferred ?? 0) + moved
      return
    }
    case 'suppress': {
      const entry = { kind: 'address' as const, value: effect.address }
      const { added, emailsSkipped } = await suppress(deps, tx, [entry], { reason: effect.reason, source: 'answer' })
      done.skipped = (done.skipped ?? 0) + emailsSkipped
      if (added > 0) done.suppressed = [...(done.suppressed ?? []), effect.address]
      return
    }
    case 'count_bounce':
      if (effect.hard) await countBounce(tx, { emailId: effect.emailId, at })
      done.said = effect.words
      return
    case 'note_refusal':
      done.said = effect.words
      return
    case 'count_complaint':
      return
    case 'propose':
      done.proposals.push(effect)
      return
    case 'learn_id':
      await writeProviderIds(tx, [{ id: effect.emailId, providerId: effect.messageId }])
      return
    case 'resolve_held':
      return resolveHeldEmail(deps, tx, effect, email, done)
  }
}

const SKIP_REASONS = {
  replied: 'lead_replied',
  answered_by_hand: 'answered_by_hand',
  bounced: 'lead_bounced',
  complained: 'lead_complained',
  unsubscribed: 'lead_unsubscribed',
} as const satisfies Record<StopReason, SkipOfLeads['reason']>

async function skip(tx: Tx, done: Done, of: SkipOfLeads, campaignId?: string): Promise<void> {
  const emails = await skipPendingOfLeads(tx, of, campaignId)
  const whose = of.reason === 'company_replied' ? 'companySkipped' : 'skipped'
  done[whose] = (done[whose] ?? 0) + emails
}

const EVIDENCE = {
  own_copy: 'It left: a copy of it lies in Sent.',
  answer: 'It left: an answer to it came.',
  bounce: 'It left: a server reported about it.',
} as const

/** An email whose delivery was unknown is sent: what came shows it. */
async function resolveHeldEmail(
  { clock }: Deps,
  tx: Tx,
  { emailId, evidence }: Extract<Effect, { do: 'resolve_held' }>,
  { campaignId, fencingToken, copy }: ActedOn,
  done: Done,
): Promise<void> {
  const now = clock.now()
  const outcome = {
    id: emailId,
    fencingToken,
    status: 'sent' as const,
    reason: EVIDENCE[evidence],
    dueAt: null,
    attemptUsed: false,
    addressInvalid: false,
    message: copy,
  }
  const changed = await recordOutcomes(tx, [outcome], null, now)
  if (changed.length === 0) return
  done.heldResolved = true
  if (!campaignId) return
  const message = `1 held email treated as sent. ${EVIDENCE[evidence]}`
  const details = { scheduledEmailId: emailId, evidence }
  await insertEvent(tx, { campaignId, at: now, kind: 'held_resolved', actor: null, message, details })
}
