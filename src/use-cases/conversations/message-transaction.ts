import { beginMessageIf, type LockedConversation } from '@/db/queries/conversations/begin-message'
import { renewReaderLeaseIf } from '@/db/queries/conversations/claim-reader'
import { putFolderPlace } from '@/db/queries/conversations/folder-places'
import { type MessageRow, storeMessageIfNew } from '@/db/queries/conversations/store-message'
import { withSendingBlocked } from '@/db/send-gate'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import {
  type ConversationState,
  type Effect,
  effectsOf,
  effectsOfAnswerByHand,
  effectsOfOwnCopy,
} from '@/domain/conversation/effects'
import { eventText } from '@/domain/conversation/event-text'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { type ActedOn, type Done, doEffects } from './answer-effects'
import type { Meaning } from './message-meaning'
import { leaseEnd, type Reading } from './reading'

/** The reader was replaced, or its settings were saved: it does nothing more. */
export class LostLease extends Error {}

/**
 * Stores a message, does what it does, and moves the place in its folder, in one transaction behind the send gate: a crash
 * leaves all of it or nothing. One that is there already only says so: its place is for `passOver`.
 * @throws {LostLease}
 */
export async function storeAndAct(
  deps: Deps,
  reading: Reading,
  row: MessageRow,
  understood: { message: ReceivedMessage; meaning: Meaning } | null,
): Promise<{ isNew: boolean; done: Done }> {
  // Of a message that belongs to nobody and asks for nothing no sending waits.
  const forbids = understood !== null && mayForbid(understood.meaning)
  const within = forbids ? withSendingBlocked : withoutWaitingForDisk
  return within(deps.sql, async (tx) => {
    const actsOn = actsOnOf(row, understood?.meaning)
    const { settingsVersion, lease } = reading
    const begun = await beginMessageIf(tx, lease, { settingsVersion, leaseUntil: leaseEnd(deps), message: row, actsOn })
    if (!begun) throw new LostLease(LOST)
    if (!begun.isNew) return { isNew: false, done: NOTHING_DONE }
    const state = begun.conversation
    // What it belonged to was deleted since it was looked up: the message is kept, and belongs to nobody.
    const gone = actsOn !== null && state === null
    const stored = gone ? { ...row, matchedBy: null, scheduledEmailId: null, leadId: null, campaignId: null } : row
    const done = understood
      ? await doEffects(deps, tx, await effectsFor(deps, reading, understood, actsOn, state), {
          campaignId: stored.campaignId,
          fencingToken: state?.claim ?? -1,
          copy: copyOf(understood, state?.email ?? ''),
        })
      : NOTHING_DONE
    const event = eventText(stored.kind, stored.details.byHand === true, done.effects)
    const at = { role: reading.folder.role, at: deps.clock.now() }
    if (!(await storeMessageIfNew(tx, stored, { ...done, event }, at))) throw new LostLease(LOST)
    return { isNew: true, done }
  })
}

// Where the database server itself goes down, what did nothing to anybody may be lost with its place, and is read again.
const withoutWaitingForDisk: typeof withSendingBlocked = (sql, work) =>
  transaction(sql, work, { first: 'SET LOCAL synchronous_commit = off' })

const LOST = 'Another reader works on this mailbox, or its settings were saved.'
const NOTHING_DONE: Done = { effects: { proposals: [] }, undo: {} }

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
  if (meaning.own === 'nothing' || meaning.own === 'copy') return false
  return meaning.match !== null || (meaning.own === null && meaning.kind.kind === 'stop_request')
}

/** The email and lead that are locked for a message: none for a copy of an email that surely left. */
function actsOnOf({ leadId, scheduledEmailId: emailId }: MessageRow, meaning: Meaning | undefined) {
  if (!leadId || !emailId || (meaning?.own === 'copy' && !meaning.email.isInDoubt)) return null
  return { leadId, emailId }
}

async function effectsFor(
  deps: Deps,
  reading: Reading,
  { message, meaning }: { message: ReceivedMessage; meaning: Meaning },
  of: { leadId: string; emailId: string } | null,
  locked: LockedConversation | null,
): Promise<Effect[]> {
  if (meaning.own === 'nothing') return []
  if (meaning.own === 'copy')
    return effectsOfOwnCopy({ ...meaning.email, isHeld: locked?.isHeld ?? false }, message.messageId)
  const state: ConversationState | null =
    locked && of
      ? {
          lead: { id: of.leadId, email: locked.email, status: locked.status },
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
