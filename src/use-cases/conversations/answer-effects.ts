import { insertEvent } from '@/db/queries/campaigns/insert-event'
import {
  countBounce,
  deferEmailsOfLead,
  selectColleagues,
  setAwayUntil,
  setLeadStatusIf,
} from '@/db/queries/conversations/act-on-answer'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { type SkipOfLeads, skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Effect, StopReason } from '@/domain/conversation/effects'
import { counted } from '@/domain/counted'
import { suppress } from '@/use-cases/suppression/add-suppression'

/** What a message has done, in words, and whether something that waited may go on now. */
export type Done = { words: string[]; emailsSkipped: number; heldResolved: boolean; proposals: Effect[] }

/** The email that a message belongs to, as its effects need it. */
export type ActedOn = {
  campaignId: string | null
  fencingToken: number
  /** Of the copy in Sent; null where the text of the email is not known. */
  copy: { from: string; to: string; subject: string; text: string; html: string | null } | null
}

/** Does what a message does, in the order in which nothing hides the reason of another. */
export async function doEffects(deps: Deps, tx: Tx, effects: readonly Effect[], email: ActedOn): Promise<Done> {
  const done: Done = { words: [], emailsSkipped: 0, heldResolved: false, proposals: [] }
  // Suppressing skips as well: it comes last, so that emails are skipped for the reason that the lead has given.
  const ordered = effects.toSorted((a, b) => Number(a.do === 'suppress') - Number(b.do === 'suppress'))
  for (const effect of ordered) await doEffect(deps, tx, effect, email, done)
  return done
}

async function doEffect(deps: Deps, tx: Tx, effect: Effect, email: ActedOn, done: Done): Promise<void> {
  const at = deps.clock.now()
  switch (effect.do) {
    case 'set_lead_status':
      if (await setLeadStatusIf(tx, { ...effect, at }))
        done.words.push(`The lead is now ${effect.to.replace('_', ' ')}.`)
      return
    case 'skip_emails':
      return skip(tx, done, { leadIds: [effect.leadId], reason: SKIP_REASONS[effect.reason], at })
    case 'ask_person':
      done.proposals.push(effect)
      done.words.push('It seems to ask for no more email: a person decides.')
      return skip(tx, done, { leadIds: [effect.leadId], reason: 'asks_to_stop', at })
    case 'skip_company': {
      const leadIds = (await selectColleagues(tx, effect)).map(({ id }) => id)
      if (leadIds.length > 0) await skip(tx, done, { leadIds, reason: 'company_replied', at }, effect.campaignId)
      return
    }
    case 'defer_emails': {
      await setAwayUntil(tx, { ...effect, at })
      const moved = await deferEmailsOfLead(tx, { ...effect, at })
      done.words.push(`Away until ${effect.until.toISOString()}: ${counted(moved, 'email')} put off.`)
      return
    }
    case 'suppress': {
      const entry = { kind: 'address' as const, value: effect.address }
      const { added, emailsSkipped } = await suppress(deps, tx, [entry], { reason: effect.reason, source: 'answer' })
      done.emailsSkipped += emailsSkipped
      if (added > 0) done.words.push(`${effect.address} is on the suppression list.`)
      return
    }
    case 'count_bounce':
      if (effect.hard) await countBounce(tx, { emailId: effect.emailId, at })
      done.words.push(effect.hard ? `It bounced: ${effect.words}` : `Not delivered for now: ${effect.words}`)
      return
    case 'note_refusal':
      done.words.push(`The server refuses the mailbox: ${effect.words}`)
      return
    case 'count_complaint':
      done.words.push('The recipient marked the email as unwanted.')
      return
    case 'propose':
      done.proposals.push(effect)
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
  done.emailsSkipped += emails
  if (emails > 0) done.words.push(`Stopped the sequence: ${counted(emails, 'email')} skipped.`)
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
  done.words.push(EVIDENCE[evidence])
  if (!campaignId) return
  const message = `1 held email treated as sent. ${EVIDENCE[evidence]}`
  const details = { scheduledEmailId: emailId, evidence }
  await insertEvent(tx, { campaignId, at: now, kind: 'held_resolved', actor: null, message, details })
}
