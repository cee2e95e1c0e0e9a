import type { ConversationState, Effect } from './effects'
import type { Match } from './match'
import { headerOf, type ReceivedMessage } from './received-message'

/** The folder in which a message was found, by its use. */
export type FolderUse = 'inbox' | 'junk' | 'sent' | 'drafts' | 'archive'

/** Whose addresses are our own: all mailboxes of ours with their aliases, lower-cased. */
export type OwnAddresses = ReadonlySet<string>

/**
 * Whether we wrote it ourselves. `draft`: nobody has got it; `machine`: an automatic answer or notice of our own server;
 * `written`: a copy of an email of ours, or a person who answered by hand (`copiedEmail` tells which); null: others wrote it.
 */
export type Own = 'draft' | 'machine' | 'written' | null

/** Tells own messages from those of others. Sent and Drafts hold nothing else, whatever From says. */
export function ownOf(message: ReceivedMessage, folder: FolderUse, own: OwnAddresses): Own {
  if (folder === 'drafts') return 'draft'
  if (folder !== 'sent' && (!message.from || !isOwn(message.from.address, own))) return null
  // A server's report may come from an alias of ours, such as postmaster; it is no word of ours.
  if (folder !== 'sent' && message.contentType === 'multipart/report') return null
  return /^auto-/i.test(headerOf(message, 'auto-submitted').trim()) ? 'machine' : 'written'
}

/** Those whom an own message went to, without ourselves. */
export const othersIn = ({ to, cc }: ReceivedMessage, own: OwnAddresses): string[] =>
  [...to, ...cc].map(({ address }) => address).filter((address) => !isOwn(address, own))

// `ada+tag@nordwind.example` is delivered to `ada@nordwind.example`.
const isOwn = (address: string, own: OwnAddresses): boolean =>
  own.has(address.toLowerCase()) || own.has(address.toLowerCase().replace(/^([^+@]*)\+[^@]*@/, '$1@'))

/** What an answer by hand does: it ends the sequence as a reply would, and is no reply of the lead. */
export function effectsOfAnswerByHand(match: Match, state: ConversationState | null): Effect[] {
  return match && state?.lead ? [{ do: 'skip_emails', leadId: state.lead.id, reason: 'answered_by_hand' }] : []
}

/** What a copy of an email of ours does: where delivery was unknown, it is known now, and so is an id that the provider gave it. */
export const effectsOfOwnCopy = (
  email: { id: string; isHeld: boolean; messageIds: readonly string[] },
  messageId: string | null,
): Effect[] => [
  ...(email.isHeld ? [{ do: 'resolve_held' as const, emailId: email.id, evidence: 'own_copy' as const }] : []),
  ...(messageId && !email.messageIds.includes(messageId)
    ? [{ do: 'learn_id' as const, emailId: email.id, messageId }]
    : []),
]
