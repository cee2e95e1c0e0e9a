import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { lockConversation } from '@/db/queries/conversations/act-on-answer'
import { renewReaderLeaseIf } from '@/db/queries/conversations/claim-reader'
import { putFolderPlace } from '@/db/queries/conversations/folder-places'
import { insertMessageIfNew, type MessageRow, writeEffects } from '@/db/queries/conversations/store-message'
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
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { type ActedOn, type Done, doEffects } from './answer-effects'
import { noteAnswer } from './answer-event'
import type { Meaning } from './message-meaning'
import { leaseEnd, type Reading } from './reading'

/** The reader was replaced, or its settings were saved: it does nothing more. */
export class LostLease extends Error {}

/**
 * Stores a message, does what it does, and moves the place in its folder, in one transaction behind the send gate: a crash
 * leaves all of it or nothing, and a message that is there already only moves the place.
 * @throws {LostLease}
 */
export async function storeAndAct(
  deps: Deps,
  reading: Reading,
  row: MessageRow,
  understood: { message: ReceivedMessage; meaning: Meaning } | null,
): Promise<Done | null> {
  // Of a message that belongs to nobody and asks for nothing no sending waits.
  const forbids = understood !== null && mayForbid(understood.meaning)
  const within = forbids ? withSendingBlocked : transaction
  return within(deps.sql, async (tx) => {
    await holdLease(deps, tx, reading)
    const emailOf = actsOn(row, understood?.meaning)
    if (emailOf) await lockCampaignsOfLeads(tx, [emailOf.leadId])
    const state = emailOf && (await lockConversation(tx, emailOf))
    // What it belonged to was deleted since it was looked up: the message is kept, and belongs to nobody.
    const gone = emailOf !== null && state === null
    const stored = gone ? { ...row, matchedBy: null, scheduledEmailId: null, leadId: null, campaignId: null } : row
    const inserted = await insertMessageIfNew(tx, stored, deps.clock.now())
    let done: Done | null = null
    if (inserted && understood) {
      const email: ActedOn = {
        campaignId: stored.campaignId,
        fencingToken: state?.claim ?? -1,
        copy: copyOf(understood, state?.email ?? ''),
      }
      done = await doEffects(deps, tx, await effectsFor(deps, reading, understood, emailOf, state), email)
      await writeEffects(tx, { id: inserted.id, ...done })
      await noteAnswer(deps, tx, stored, { id: inserted.id, effects: done.effects })
    }
    await putFolderPlace(tx, { ...reading.folder, mailboxId: row.mailboxId, lastUid: row.uid })
    return done
  })
}

/** Moves the place past a message that is gone from the server. @throws {LostLease} */
export const passOver = (deps: Deps, reading: Reading, uid: number): Promise<unknown> =>
  transaction(deps.sql, async (tx) => {
    await holdLease(deps, tx, reading)
    await putFolderPlace(tx, { ...reading.folder, mailboxId: reading.mailbox.id, lastUid: uid })
  })

async function holdLease(deps: Deps, tx: Tx, { lease, settingsVersion }: Reading): Promise<void> {
  const held = await renewReaderLeaseIf(tx, lease, { settingsVersion, leaseUntil: leaseEnd(deps) })
  if (!held) throw new LostLease('Another reader works on this mailbox, or its settings were saved.')
}

function mayForbid(meaning: Meaning): boolean {
  if (meaning.own === 'nothing' || meaning.own === 'copy') return false
  return meaning.match !== null || (meaning.own === null && meaning.kind.kind === 'stop_request')
}

/** The email and lead that are locked for a message: none for a copy of an email that surely left. */
function actsOn({ leadId, scheduledEmailId: emailId }: MessageRow, meaning: Meaning | undefined) {
  if (!leadId || !emailId || (meaning?.own === 'copy' && !meaning.email.isInDoubt)) return null
  return { leadId, emailId }
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockConversation>>>

async function effectsFor(
  deps: Deps,
  reading: Reading,
  { message, meaning }: { message: ReceivedMessage; meaning: Meaning },
  of: { leadId: string; emailId: string } | null,
  locked: Locked | null,
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
