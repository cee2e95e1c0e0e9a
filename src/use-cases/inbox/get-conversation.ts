import { selectNotes } from '@/db/queries/inbox/notes'
import {
  selectCampaignsOfLead,
  selectConversation,
  selectEmailsToLead,
  selectLeadOfConversation,
} from '@/db/queries/inbox/select-conversation'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { listReceived } from '@/use-cases/leads/list-received'
import { listReplies } from '@/use-cases/replies/list-replies'

// Three campaigns of twenty steps are a lot for one lead.
const MOST_EMAILS = 200
// What is read at a glance; the whole of a message is fetched when it is asked for.
const TEXT_LENGTH = 4_000

/**
 * A conversation: what both sides have written, and what of us noted, the oldest first, with the lead and its campaigns. A reply
 * stands where it left, and one that has not left where it was written.
 * @throws {DomainError} not_found
 */
export async function getConversation(
  { db, sql, clock }: Pick<Deps, 'db' | 'sql' | 'clock'>,
  { id, by }: { id: string; by: string },
) {
  const conversation = await selectConversation(sql, id, by)
  if (!conversation) throw new DomainError('not_found', 'This conversation does not exist any more.')
  const { leadId } = conversation
  const [lead, campaigns, emails, messages, replies, notes] = await Promise.all([
    leadId && selectLeadOfConversation(sql, leadId),
    leadId ? selectCampaignsOfLead(sql, leadId) : [],
    leadId ? selectEmailsToLead(sql, leadId, { limit: MOST_EMAILS, length: TEXT_LENGTH }) : [],
    listReceived({ db }, { conversationId: id }, TEXT_LENGTH),
    listReplies({ sql, clock }, { conversationId: id }),
    selectNotes(sql, id),
  ])
  const entries = [
    ...emails.map((email) => ({ is: 'email' as const, ...email })),
    ...messages.map(({ receivedAt: at, ...message }) => ({ is: 'message' as const, at, ...message })),
    ...replies.map((reply) => ({ is: 'reply' as const, at: reply.sentAt ?? reply.createdAt, ...reply })),
    ...notes.map(({ authorId, ...note }) => ({ is: 'note' as const, ...note, isYours: authorId === by })),
  ]
  return {
    ...conversation,
    lead: lead || null,
    campaigns,
    entries: entries.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)),
  }
}
