import { insertEvent } from '@/db/queries/campaigns/insert-event'
import {
  countBounces,
  deferEmailsOfLeads,
  selectColleagues,
  setAwayUntil,
  setLeadStatusesIf,
} from '@/db/queries/conversations/act-on-answer'
import { writeProviderIds } from '@/db/queries/conversations/repair-provider-ids'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { type SkipOfLeads, skipPendingOfEach, skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { writeReplyProviderId } from '@/db/queries/replies/lock-reply'
import { recordReplyIf } from '@/db/queries/replies/record-reply'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Effect, StopReason } from '@/domain/conversation/effects'
import type { StoredEffects } from '@/domain/conversation/stored-effects'
import type { StoredUndo } from '@/domain/conversation/stored-undo'
import { recordAnswered } from '@/use-cases/leads/record-answered'
import { suppressAddresses } from '@/use-cases/suppression/add-suppression'

/** What a message has done, as it is stored beside it, what it leaves to a person, and what takes it back. */
export type Done = { effects: StoredEffects & { proposals: Effect[] }; undo: StoredUndo }

/** The email that a message belongs to, as its effects need it. */
export type ActedOn = {
  campaignId: string | null
  fencingToken: number
  /** It is a reply that one of us has written. */
  isReply: boolean
  /** Of the copy in Sent; null where the text of the email is not known. */
  copy: { from: string; to: string; subject: string; text: string; html: string | null } | null
}

/** A message whose effects are to be done. */
export type Acting = { effects: readonly Effect[]; email: ActedOn }

type Kind = Effect['do']
type Wanted<K extends Kind> = { effect: Extract<Effect, { do: K }>; email: ActedOn; done: Done }

/**
 * Does what messages do, of all of them at once what is of one kind, in the order in which nothing hides the reason of another. No
 * two of them may be about the same lead or address; one whose effects reach further (`endsGroup`) is the last of them.
 */
export async function doEffects(deps: Deps, tx: Tx, messages: readonly Acting[]): Promise<Done[]> {
  const all = messages.map(({ effects, email }) => ({ effects, email, done: nothingDone() }))
  const wanted = <K extends Kind>(kind: K): Wanted<K>[] =>
    all.flatMap(({ effects, email, done }) =>
      effects.flatMap((effect) => (isOfKind(effect, kind) ? [{ effect, email, done }] : [])),
    )
  noteWithoutDoing(all)
  for (const one of wanted('resolve_held'))
    await (one.email.isReply ? resolveHeldReply(deps, tx, one) : resolveHeldEmail(deps, tx, one))
  await learnIds(tx, wanted('learn_id'))
  await setLeadStatuses(deps, tx, wanted('set_lead_status'))
  await skipEmails(deps, tx, [...wanted('skip_emails'), ...wanted('ask_person')])
  await deferEmails(deps, tx, wanted('defer_emails'))
  await countHardBounces(deps, tx, wanted('count_bounce'))
  // It skips as well, so it comes after that: emails are skipped for the reason that the lead has given.
  await suppress(deps, tx, wanted('suppress'))
  for (const one of wanted('skip_company')) await skipCompany(deps, tx, one)
  return all.map(({ done }) => done)
}

export const nothingDone = (): Done => ({ effects: { proposals: [] }, undo: {} })

const isOfKind = <K extends Kind>(effect: Effect, kind: K): effect is Extract<Effect, { do: K }> => effect.do === kind

/** What is said of a message, and left to a person. */
function noteWithoutDoing(all: readonly { effects: readonly Effect[]; done: Done }[]): void {
  for (const { effects, done } of all)
    for (const effect of effects) {
      if (effect.do === 'ask_person' || effect.do === 'propose') done.effects.proposals.push(effect)
      if (effect.do === 'ask_person') done.effects.asksPerson = true
      if (effect.do === 'note_other') done.effects.byOther = true
      if (effect.do === 'count_bounce' || effect.do === 'note_refusal') done.effects.said = effect.words
      if (effect.do === 'note_unnamed') done.effects = { ...done.effects, unnamed: true, said: effect.words }
    }
}

async function learnIds(tx: Tx, wanted: readonly Wanted<'learn_id'>[]): Promise<void> {
  if (wanted.length === 0) return
  const idsOf = (isReply: boolean) =>
    wanted
      .filter(({ email }) => email.isReply === isReply)
      .map(({ effect }) => ({ id: effect.emailId, providerId: effect.messageId }))
  const planned = idsOf(false)
  if (planned.length > 0) await writeProviderIds(tx, planned)
  for (const one of idsOf(true)) await writeReplyProviderId(tx, one)
}

async function setLeadStatuses({ clock }: Deps, tx: Tx, wanted: readonly Wanted<'set_lead_status'>[]): Promise<void> {
  if (wanted.length === 0) return
  const leads = wanted.map(({ effect }) => effect)
  const was = new Map((await setLeadStatusesIf(tx, leads, clock.now())).map((set) => [set.leadId, set.was]))
  for (const { effect, done } of wanted) {
    const from = was.get(effect.leadId)
    if (from === undefined) continue
    done.effects.leadStatus = effect.to
    done.undo.leadStatus = { from, to: effect.to }
  }
}

const SKIP_REASONS = {
  replied: 'lead_replied',
  answered_by_hand: 'answered_by_hand',
  bounced: 'lead_bounced',
  complained: 'lead_complained',
  unsubscribed: 'lead_unsubscribed',
} as const satisfies Record<StopReason, SkipOfLeads['reason']>

async function skipEmails(
  { clock }: Deps,
  tx: Tx,
  wanted: readonly (Wanted<'skip_emails'> | Wanted<'ask_person'>)[],
): Promise<void> {
  if (wanted.length === 0) return
  const leads = wanted.map(({ effect }) => ({
    leadId: effect.leadId,
    reason: effect.do === 'ask_person' ? ('asks_to_stop' as const) : SKIP_REASONS[effect.reason],
  }))
  const emails = await skipPendingOfEach(tx, { leads, at: clock.now() })
  for (const { effect, done } of wanted) {
    const skipped = emails.filter(({ leadId }) => leadId === effect.leadId).map(({ id }) => id)
    noteSkipped(done, 'skipped', skipped)
  }
}

function noteSkipped({ effects, undo }: Done, whose: 'skipped' | 'companySkipped', emailIds: readonly string[]): void {
  effects[whose] = (effects[whose] ?? 0) + emailIds.length
  undo.skipped = [...(undo.skipped ?? []), ...emailIds.toSorted()]
}

async function deferEmails({ clock }: Deps, tx: Tx, wanted: readonly Wanted<'defer_emails'>[]): Promise<void> {
  if (wanted.length === 0) return
  const leads = wanted.map(({ effect }) => effect)
  const away = new Map((await setAwayUntil(tx, leads, clock.now())).map(({ leadId, ...times }) => [leadId, times]))
  const deferred = await deferEmailsOfLeads(tx, leads, clock.now())
  for (const { effect, done } of wanted) {
    done.undo.away = away.get(effect.leadId)
    const those = deferred.filter(({ leadId }) => leadId === effect.leadId)
    done.undo.deferred = those.map(({ id, at }) => ({ id, at })).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    done.effects.deferred = (done.effects.deferred ?? 0) + done.undo.deferred.length
  }
}

async function countHardBounces({ clock }: Deps, tx: Tx, wanted: readonly Wanted<'count_bounce'>[]): Promise<void> {
  const hard = wanted.filter(({ effect }) => effect.hard)
  if (hard.length === 0) return
  const at = clock.now()
  await countBounces(tx, { emailIds: hard.map(({ effect }) => effect.emailId), at })
  for (const { done } of hard) done.undo.bounceAt = at
}

async function suppress(deps: Deps, tx: Tx, wanted: readonly Wanted<'suppress'>[]): Promise<void> {
  for (const reason of new Set(wanted.map(({ effect }) => effect.reason))) {
    const those = wanted.filter(({ effect }) => effect.reason === reason)
    const addresses = those.map(({ effect }) => effect.address)
    const came = await suppressAddresses(deps, tx, addresses, { reason, source: 'answer' })
    for (const { effect, done } of those) {
      const { isNew = false, emailsSkipped = 0 } = came.get(effect.address) ?? {}
      done.effects.skipped = (done.effects.skipped ?? 0) + emailsSkipped
      if (reason !== 'unsubscribed') done.effects.reportedOf = [...(done.effects.reportedOf ?? []), effect.address]
      if (!isNew) continue
      done.effects.suppressed = [...(done.effects.suppressed ?? []), effect.address]
      done.undo.suppressed = done.effects.suppressed
    }
  }
}

async function skipCompany({ clock }: Deps, tx: Tx, { effect, done }: Wanted<'skip_company'>): Promise<void> {
  done.effects.company = effect.domain
  const leadIds = (await selectColleagues(tx, effect)).map(({ id }) => id)
  if (leadIds.length === 0) return
  const of = { leadIds, reason: 'company_replied' as const, at: clock.now() }
  const emails = await skipPendingOfLeads(tx, of, effect.campaignId)
  noteSkipped(
    done,
    'companySkipped',
    emails.map(({ id }) => id),
  )
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
  { effect, email, done }: Wanted<'resolve_held'>,
): Promise<void> {
  const { emailId, evidence } = effect
  const { campaignId, fencingToken, copy } = email
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

/** The same for a reply, which has a place in no campaign's history. */
async function resolveHeldReply(
  { clock }: Deps,
  tx: Tx,
  { effect, email, done }: Wanted<'resolve_held'>,
): Promise<void> {
  const { emailId: id, evidence } = effect
  const kept = { taken: [], refused: [], bounces: 0, providerMessageId: null, response: null, dueAt: null }
  const outcome = {
    ...{ ...kept, id, fencingToken: email.fencingToken },
    ...{ status: 'sent' as const, reason: EVIDENCE[evidence], attemptUsed: false },
  }
  const changed = await recordReplyIf(tx, outcome, null, clock.now())
  if (!changed) return
  done.effects.heldResolved = true
  await recordAnswered(tx, changed, clock.now())
}
