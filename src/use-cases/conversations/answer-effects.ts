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
import type { StoredUndo } from '@/domain/conversation/stored-undo'
import { suppress } from '@/use-cases/suppression/add-suppression'

/** What a message has done, as it is stored beside it, what it leaves to a person, and what takes it back. */
export type Done = { effects: StoredEffects & { proposals: Effect[] }; undo: StoredUndo }

/** The email that a message belongs to, as its effects need it. */
export type ActedOn = {
  campaignId: string | null
  fencingToken: number
  /** Of the copy in Sent; null where the text of the email is not known. */
  copy: { from: string; to: string; subject: string; text: string; html: string | null } | null
}

/** Does what a message does, in the order in which nothing hides the reason of another. */
export async function doEffects(deps: Deps, tx: Tx, effects: readonly Effect[], email: ActedOn): Promise<Done> {
  const done: Done = { effects: { proposals: [] }, undo: {} }
  // Suppressing skips as well: it comes last, so that emails are skipped for the reason that the lead has given.
  const ordered = effects.toSorted((a, b) => Number(a.do === 'suppress') - Number(b.do === 'suppress'))
  for (const effect of ordered) await doEffect(deps, tx, effect, email, done)
  return done
}

async function doEffect(deps: Deps, tx: Tx, effect: Effect, email: ActedOn, done: Done): Promise<void> {
  const at = deps.clock.now()
  const { effects, undo } = done
  switch (effect.do) {
    case 'set_lead_status': {
      const set = await setLeadStatusIf(tx, { ...effect, at })
      if (!set) return
      effects.leadStatus = effect.to
      undo.leadStatus = { from: set.was, to: effect.to }
      return
    }
    case 'skip_emails':
      return skip(tx, done, { leadIds: [effect.leadId], reason: SKIP_REASONS[effect.reason], at })
    case 'ask_person':
      effects.proposals.push(effect)
      effects.asksPerson = true
      return skip(tx, done, { leadIds: [effect.leadId], reason: 'asks_to_stop', at })
    case 'skip_company': {
      const leadIds = (await selectColleagues(tx, effect)).map(({ id }) => id)
      if (leadIds.length > 0) await skip(tx, done, { leadIds, reason: 'company_replied', at }, effect.campaignId)
      return
    }
    case 'defer_emails': {
      undo.away = (await setAwayUntil(tx, { ...effect, at })) ?? undefined
      undo.deferred = await deferEmailsOfLead(tx, { ...effect, at })
      effects.deferred = (effects.deferred ?? 0) + undo.deferred.length
      return
    }
    case 'suppress': {
      const entry = { kind: 'address' as const, value: effect.address }
      const { added, emailsSkipped } = await suppress(deps, tx, [entry], { reason: effect.reason, source: 'answer' })
      effects.skipped = (effects.skipped ?? 0) + emailsSkipped
      if (added === 0) return
      effects.suppressed = [...(effects.suppressed ?? []), effect.address]
      undo.suppressed = effects.suppressed
      return
    }
    case 'count_bounce':
      if (effect.hard) await countBounce(tx, { emailId: effect.emailId, at })
      if (effect.hard) undo.bounceAt = at
      effects.said = effect.words
      return
    case 'note_refusal':
      effects.said = effect.words
      return
    case 'count_complaint':
      return
    case 'propose':
      effects.proposals.push(effect)
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

async function skip(tx: Tx, { effects, undo }: Done, of: SkipOfLeads, campaignId?: string): Promise<void> {
  const emails = await skipPendingOfLeads(tx, of, campaignId)
  const whose = of.reason === 'company_replied' ? 'companySkipped' : 'skipped'
  effects[whose] = (effects[whose] ?? 0) + emails.length
  undo.skipped = [...(undo.skipped ?? []), ...emails.map(({ id }) => id)]
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
  done.effects.heldResolved = true
  if (!campaignId) return
  const message = `1 held email treated as sent. ${EVIDENCE[evidence]}`
  const details = { scheduledEmailId: emailId, evidence }
  await insertEvent(tx, { campaignId, at: now, kind: 'held_resolved', actor: null, message, details })
}
