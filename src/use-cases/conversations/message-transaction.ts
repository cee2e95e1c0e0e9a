import { lockLead } from '@/db/queries/conversations/act-on-answer'
import { beginMessagesIf, type LockedConversation } from '@/db/queries/conversations/begin-messages'
import { renewReaderLeaseIf } from '@/db/queries/conversations/claim-reader'
import { putFolderPlace } from '@/db/queries/conversations/folder-places'
import { type MessageRow, type StoredOutcome, storeMessagesIfNew } from '@/db/queries/conversations/store-message'
import { lockReply } from '@/db/queries/replies/lock-reply'
import { withSendingBlocked } from '@/db/send-gate'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { type ConversationState, type Effect, effectsOf } from '@/domain/conversation/effects'
import { eventText } from '@/domain/conversation/event-text'
import { effectsOfAnswerByHand, effectsOfOwnCopy } from '@/domain/conversation/own'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { type ActedOn, type Acting, type Done, doEffects, nothingDone } from './answer-effects'
import { keepConversation, lockConversations } from './kept-conversation'
import type { Meaning } from './message-meaning'
import { leaseEnd, type Reading } from './reading'

/** The reader was replaced, or its settings were saved: it does nothing more. */
export class LostLease extends Error {}

/** A message to be stored, and what it was understood as; null for what cannot be read. */
export type MessageToStore = { row: MessageRow; understood: { message: ReceivedMessage; meaning: Meaning } | null }

/** One that was not new is there already, and did nothing. `isRead`: it was understood. */
export type StoredMessage = { isNew: boolean; isRead: boolean; done: Done }

/**
 * Stores messages of a folder, does what they do, and moves the place in it, in one transaction, behind the send gate where one of
 * them forbids sending: a crash leaves all of it or nothing. One that is there already only says so: its place is for `passOver`.
 * Null, and nothing is done, where several turn out to be about the same lead or address: each is to be stored alone then.
 * @throws {LostLease}
 */
export async function storeAndAct(
  deps: Deps,
  reading: Reading,
  messages: readonly MessageToStore[],
): Promise<StoredMessage[] | null> {
  // Of messages that belong to nobody and ask for nothing no sending waits.
  const forbids = messages.some(({ understood }) => understood !== null && mayForbid(understood.meaning))
  const within = forbids ? withSendingBlocked : withoutWaitingForDisk
  return within(deps.sql, async (tx) => {
    const acting = await begin(deps, tx, reading, messages)
    if (!areIndependent(acting)) return null
    const done = await doEffects(deps, tx, acting)
    const outcomes = acting.map((one, n) => ({ ...one, done: done[n] ?? nothingDone() }))
    const at = deps.clock.now()
    const newOnes = outcomes.filter(({ isNew }) => isNew)
    await lockConversations(
      tx,
      reading.mailbox.id,
      newOnes.map(({ row }) => row),
    )
    const rows: (MessageRow & StoredOutcome)[] = []
    for (const { row, locked, done, effects } of newOnes) {
      if (row.kind === 'bounce' || row.kind === 'complaint') done.effects.reportedOf ??= []
      const asksPerson = done.effects.asksPerson === true
      const conversationId = await keepConversation(tx, {
        message: row,
        leadEmail: locked?.lead?.email ?? null,
        asksPerson,
        at,
      })
      const about = { byHand: row.details.byHand === true, isAboutLead: effects.some((effect) => 'leadId' in effect) }
      const event = eventText(row.kind, about, done.effects)
      rows.push({ ...row, ...done, event, conversationId })
    }
    const { path: folder, role, uidValidity } = reading.folder
    const place = { mailboxId: reading.mailbox.id, folder, role, uidValidity, at }
    if (rows.length > 0 && (await storeMessagesIfNew(tx, rows, place)) < rows.length) throw new LostLease(LOST)
    return outcomes.map(({ isNew, isRead, done }) => ({ isNew, isRead, done }))
  })
}

/** What is locked for a message; no lead where it is about a reply to somebody who is none. */
type Locked = Pick<LockedConversation, 'isHeld' | 'claim' | 'stopCompany'> & {
  lead: Pick<LockedConversation, 'email' | 'status'> | null
}

type ActingMessage = Acting & { row: MessageRow; isNew: boolean; isRead: boolean; locked: Locked | null }

/** What each of the messages does, as their leads and emails are now, which stay locked. */
async function begin(
  deps: Deps,
  tx: Tx,
  reading: Reading,
  messages: readonly MessageToStore[],
): Promise<ActingMessage[]> {
  const { settingsVersion, lease } = reading
  const beginning = messages.map(({ row, understood }) => {
    return { messageId: row.messageId, contentHash: row.contentHash, actsOn: actsOnOf(row, understood?.meaning) }
  })
  const locking = beginning.map(({ actsOn, ...one }) => ({ ...one, actsOn: actsOn && withLead(actsOn) }))
  const begun = await beginMessagesIf(tx, lease, { settingsVersion, leaseUntil: leaseEnd(deps), messages: locking })
  if (!begun) throw new LostLease(LOST)
  const acting: ActingMessage[] = []
  for (const [n, { row, understood }] of messages.entries()) {
    const { isNew = false, conversation = null } = begun[n] ?? {}
    const actsOn = beginning[n]?.actsOn ?? null
    const locked = await stateOf(tx, conversation, actsOn)
    // What it belonged to was deleted since it was looked up: the message is kept, and belongs to nobody.
    const gone = actsOn !== null && locked === null
    const kept = gone ? { ...row, matchedBy: null, scheduledEmailId: null, leadId: null, campaignId: null } : row
    const effects = isNew && understood ? await effectsFor(deps, reading, understood, actsOn, locked) : []
    const copy = understood && copyOf(understood, locked?.lead?.email ?? '')
    acting.push({
      row: kept,
      isNew,
      isRead: understood !== null,
      locked,
      effects,
      email: {
        campaignId: kept.campaignId,
        fencingToken: locked?.claim ?? -1,
        isReply: replyOf(understood?.meaning) !== null,
        copy,
      },
    })
  }
  return acting
}

const REACH_FURTHER: readonly Effect['do'][] = ['resolve_held', 'learn_id', 'skip_company']

/** Whether it makes no difference to any of them that they act together: no two share a lead or an address, and what reaches further comes last. */
function areIndependent(acting: readonly ActingMessage[]): boolean {
  const seen = new Set<string>()
  return acting.every(({ effects, locked, row }, n) => {
    if (n < acting.length - 1 && effects.some((effect) => REACH_FURTHER.includes(effect.do))) return false
    const suppressed = effects.flatMap((effect) => (effect.do === 'suppress' ? [effect.address] : []))
    const own = new Set([...suppressed, ...(locked?.lead && row.leadId ? [row.leadId, locked.lead.email] : [])])
    if (own.intersection(seen).size > 0) return false
    for (const one of own) seen.add(one)
    return true
  })
}

// Where the database server itself goes down, what did nothing to anybody may be lost with its place, and is read again.
const withoutWaitingForDisk: typeof withSendingBlocked = (sql, work) =>
  transaction(sql, work, { first: 'SET LOCAL synchronous_commit = off' })

const LOST = 'Another reader works on this mailbox, or its settings were saved.'

/** Moves the place past messages that are gone from the server, or here already. @throws {LostLease} */
export const passOver = (deps: Deps, reading: Reading, uid: number): Promise<unknown> =>
  transaction(deps.sql, async (tx) => {
    await holdLease(deps, tx, reading)
    await putFolderPlace(tx, { ...reading.folder, mailboxId: reading.mailbox.id, lastUid: uid })
  })

async function holdLease(deps: Deps, tx: Tx, { lease, settingsVersion }: Reading): Promise<void> {
  const held = await renewReaderLeaseIf(tx, lease, { settingsVersion, leaseUntil: leaseEnd(deps) })
  if (!held) throw new LostLease(LOST)
}

function mayForbid(meaning: Meaning): boolean {
  if (meaning.own === 'nothing') return false
  // The copy of a reply in doubt shows that it has left, which ends the sequence of its lead.
  if (meaning.own === 'copy') return meaning.email.isInDoubt && meaning.email.reply !== null
  return meaning.match !== null || (meaning.own === null && meaning.kind.kind === 'stop_request')
}

/** What is to be locked for a message: a lead, and what it got; no lead for a reply to somebody who is none. */
type ActsOn = { leadId: string | null; emailId: string | null; replyId: string | null }

const withLead = ({ leadId, emailId }: ActsOn) => (leadId === null ? null : { leadId, emailId })

/** What a message acts on: nothing for a copy of an email that surely left. */
function actsOnOf({ leadId, scheduledEmailId: emailId }: MessageRow, meaning: Meaning | undefined): ActsOn | null {
  const replyId = replyOf(meaning)
  if (meaning?.own === 'copy' && !meaning.email.isInDoubt) return null
  if (!replyId && !(leadId && emailId)) return null
  return { leadId, emailId, replyId }
}

/** The reply of one of us that a message is a copy of, or answers; null for what is about a planned email. */
function replyOf(meaning: Meaning | undefined): string | null {
  if (!meaning || meaning.own === 'nothing') return null
  const email = meaning.own === 'copy' ? meaning.email : meaning.match?.email
  return email?.reply ? email.id : null
}

/** A message about a reply finds that in doubt or not, and its lead also where the planned email is gone. */
async function stateOf(tx: Tx, found: LockedConversation | null, actsOn: ActsOn | null): Promise<Locked | null> {
  if (!actsOn?.replyId) return found && { ...found, lead: found }
  const { leadId, replyId } = actsOn
  const lead = leadId === null ? null : (found ?? (await lockLead(tx, leadId)))
  const reply = leadId !== null && lead === null ? null : await lockReply(tx, replyId)
  return reply && { ...reply, lead, stopCompany: found?.stopCompany ?? false }
}

async function effectsFor(
  deps: Deps,
  reading: Reading,
  { message, meaning }: { message: ReceivedMessage; meaning: Meaning },
  of: ActsOn | null,
  locked: Locked | null,
): Promise<Effect[]> {
  if (meaning.own === 'nothing') return []
  if (meaning.own === 'copy')
    return effectsOfOwnCopy({ ...meaning.email, isHeld: locked?.isHeld ?? false }, message.messageId)
  const state: ConversationState | null =
    locked && of
      ? {
          lead: of.leadId && locked.lead ? { ...locked.lead, id: of.leadId } : null,
          emailIsHeld: locked.isHeld,
          mailboxId: reading.mailbox.id,
        }
      : null
  const match = state ? meaning.match : null
  if (meaning.own === 'by_hand') return effectsOfAnswerByHand(match, state)
  return effectsOf(meaning.kind, match, state, {
    sender: message.from?.address ?? null,
    settings: {
      awayDays: reading.awayDays,
      stopCompany: locked?.stopCompany ?? false,
      window: toWindow(await mailboxOf(deps, reading, match?.email.mailboxId)),
    },
    now: deps.clock.now(),
  })
}

/** The mailbox that sent the email: not always the one in which the answer lies. */
const mailboxOf = async ({ db }: Deps, { mailbox }: Reading, id = mailbox.id) =>
  id === mailbox.id ? mailbox : ((await db.mailbox.findUnique({ where: { id } })) ?? mailbox)

function copyOf({ message, meaning }: { message: ReceivedMessage; meaning: Meaning }, to: string): ActedOn['copy'] {
  if (meaning.own !== 'copy' || !message.text) return null
  const { from, subject, text, html } = message
  return { from: from?.address ?? '', to, subject, text, html: html || null }
}
