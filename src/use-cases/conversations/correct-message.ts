import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { lockConversation } from '@/db/queries/conversations/act-on-answer'
import { type CorrectedMessage, correctMessageIf, selectCorrected } from '@/db/queries/conversations/correct-message'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { type Correction, correctedKind, correctionsOf } from '@/domain/conversation/correction'
import { type Effect, effectsOf } from '@/domain/conversation/effects'
import type { MessageKind } from '@/domain/conversation/kind'
import type { MatchedBy, SentEmail } from '@/domain/conversation/match'
import { readEffects } from '@/domain/conversation/stored-effects'
import { readUndo } from '@/domain/conversation/stored-undo'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { readRemovalReason } from '@/domain/lead/suppression'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { doEffects, nothingDone } from './answer-effects'
import { keepCorrected } from './kept-conversation'
import { MATCHED_BY } from './message-record'
import { takeBack } from './taken-back'

export type CorrectMessage = {
  id: string
  to: Correction
  /** Why an address comes off the suppression list, where it put one there. */
  why?: string | undefined
  /** Only if nobody has corrected it since then: what takes a correction back. */
  ifCorrectedAt?: Date | undefined
  by: string
}

/** `plannedAgain`: emails that it had skipped; `skipped`: emails that it skips as what it is now. */
export type CorrectedTo = { to: Correction; plannedAgain: number; skipped: number; correctedAt: Date }

/**
 * Corrects what a message is: takes back what it did, and does what it should have done, in one transaction behind the send
 * gate. Emails that it had skipped are planned again, shifted where they are overdue; a campaign that has ended for want of
 * them runs again, one that was stopped does not.
 * @throws {DomainError} not_found; conflict when it was corrected meanwhile; invalid_input without a reason; batch_in_use
 */
export async function correctMessage(
  deps: Deps,
  { id, to, why, ifCorrectedAt, by }: CorrectMessage,
): Promise<CorrectedTo> {
  await recordAddressHashes(deps)
  const result = await withSendingBlocked(deps.sql, async (tx) => {
    const message = await selectCorrected(tx, id)
    if (!message) throw new DomainError('not_found', 'This message does not exist any more. Nothing was changed.')
    if (ifCorrectedAt && message.correctedAt?.getTime() !== ifCorrectedAt.getTime()) throw changedMeanwhile()
    await lockCampaignsOfLeads(tx, [message.leadId])
    const state = await lockConversation(tx, message)
    if (!state) throw new DomainError('not_found', 'This lead does not exist any more. Nothing was changed.')
    const reason = reasonFor(message, to, why)
    const back = await takeBack(deps, tx, message, { by, why: reason, to, status: state.status })
    const email = { campaignId: message.campaignId, fencingToken: state.claim, isReply: false, copy: null }
    const lead = (await lockConversation(tx, message)) ?? state
    const acting = { effects: await effectsFor(deps, message, lead, to), email }
    const [done = nothingDone()] = await doEffects(deps, tx, [acting])
    const kind = correctedKind(message.kind, to)
    const { effects } = done
    const at = deps.clock.now()
    const undo = {
      ...done.undo,
      skipped: [...back.left, ...(done.undo.skipped ?? [])],
      suppressed: [...back.listed, ...(done.undo.suppressed ?? [])],
    }
    const written = await correctMessageIf(tx, { id, was: message, kind, effects, undo, by, at })
    if (!written) throw changedMeanwhile()
    await keepCorrected(tx, message.conversationId, at)
    const plannedAgain = to === 'nothing' ? back.plannedAgain : 0
    await noteIn(deps, tx, message, { to, plannedAgain, by })
    return { plannedAgain, skipped: effects.skipped ?? 0, correctedAt: at }
  })
  deps.log.info({ message: id, to, by, ...result }, 'message corrected')
  // Emails are due again, or a campaign waited for nothing but those that are skipped now.
  await deps.queue.enqueueTick()
  return { to, ...result }
}

const changedMeanwhile = () =>
  new DomainError('conflict', 'This message was corrected meanwhile. Nothing was changed. Look at it again.')

/** Why addresses come off the list; null where none does. */
function reasonFor(
  { kind, correctedAt, effects, undo }: CorrectedMessage,
  to: Correction,
  why: string | undefined,
): string | null {
  const standing = { kind, asksPerson: readEffects(effects).asksPerson === true, isCorrected: correctedAt !== null }
  if (!correctionsOf(standing).includes(to)) throw changedMeanwhile()
  if (to === 'stop_request' || !readUndo(undo).suppressed?.length) return null
  const read = readRemovalReason(why ?? '')
  if (!read.ok) throw new DomainError('invalid_input', `${read.problem} Nothing was changed.`, { field: 'why' })
  return read.reason
}

const KINDS: Readonly<Record<Exclude<Correction, 'nothing'>, MessageKind>> = {
  reply: { kind: 'human', interest: null, left: null },
  stop_request: { kind: 'stop_request', sure: true, words: '' },
}

async function effectsFor(
  { db, clock }: Deps,
  message: CorrectedMessage,
  lead: NonNullable<Awaited<ReturnType<typeof lockConversation>>>,
  to: Correction,
): Promise<Effect[]> {
  if (to === 'nothing') return []
  const { leadId, emailId: id, campaignId, sentFrom: mailboxId, toEmail, fromEmail } = message
  const email: SentEmail = {
    ...{ id, leadId, campaignId, mailboxId, to: toEmail },
    ...{ messageIds: [], subject: '', sentAt: clock.now(), isOpen: true },
  }
  const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
  const state = {
    lead: { id: leadId, email: lead.email, status: lead.status },
    emailIsHeld: lead.isHeld,
    mailboxId: message.mailboxId,
  }
  const settings = { awayDays: 1, stopCompany: lead.stopCompany, window: toWindow(mailbox) }
  return effectsOf(KINDS[to], { by: matchedBy(message, to), email }, state, {
    sender: fromEmail || null,
    settings,
    now: clock.now(),
  })
}

/** What a person confirms of a colleague's wish holds for the lead itself. */
function matchedBy({ matchedBy: stored }: CorrectedMessage, to: Correction): MatchedBy {
  const by = (Object.keys(MATCHED_BY) as MatchedBy[]).find((key) => MATCHED_BY[key] === stored) ?? 'address'
  return to === 'stop_request' && by === 'company_domain' ? 'address' : by
}

const NOTES: Readonly<Record<Correction, string>> = {
  reply: 'it is a reply',
  stop_request: 'it asks to get no further email',
  nothing: 'it says nothing about the sequence',
}

async function noteIn(
  { clock }: Deps,
  tx: Tx,
  { id, campaignId, leadId, fromEmail }: CorrectedMessage,
  { to, plannedAgain, by }: { to: Correction; plannedAgain: number; by: string },
): Promise<void> {
  const again = plannedAgain > 0 ? `, ${counted(plannedAgain, 'email')} planned again` : ''
  const message = `Message from ${fromEmail || 'an unknown sender'} corrected: ${NOTES[to]}${again}`
  const details = { receivedMessageId: id, leadId, to }
  await insertEvent(tx, { campaignId, at: clock.now(), kind: 'message_corrected', actor: by, message, details })
}
