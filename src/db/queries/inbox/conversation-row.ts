import { Prisma } from '@/db/generated/client'
import { execute, queryOne, queryPrepared, type Sql, type Tx } from '@/db/sql'
import type { Interest } from '@/domain/conversation/interest'
import { type ConversationFacts, lastMessageAt, type MessageOfTheirs, placed } from '@/domain/inbox/conversation'

/** A conversation with all that messages and people change of it. */
export type ConversationRow = Omit<ConversationFacts, 'isMatched'> & {
  id: string
  /** Null: the correspondent is no lead. */
  leadId: string | null
  mailboxId: string
  correspondent: string
  correspondentName: string
  campaignId: string | null
  assigneeId: string | null
  subject: string
  excerpt: string
  interest: Interest | null
  version: number
}

/** Whose conversation: a lead's, or somebody's who wrote to a mailbox and is none. */
export type ConversationOf = { leadId: string } | { mailboxId: string; correspondent: string }

/** What the rules take of a conversation. */
export const factsOf = <Row extends ConversationRow>(row: Row): Row & ConversationFacts => ({
  ...row,
  isMatched: row.leadId !== null,
})

const columns = Prisma.sql`id, lead_id AS "leadId", mailbox_id AS "mailboxId", correspondent, correspondent_name AS "correspondentName",
  campaign_id AS "campaignId", assignee_id AS "assigneeId", subject, excerpt, done_at AS "doneAt", snoozed_until AS "snoozedUntil",
  is_unread AS "isUnread", last_in_at AS "lastInAt", last_in_kind AS "lastInKind", asked_at AS "askedAt", last_out_at AS "lastOutAt",
  interest, version`

/** A conversation by its id, locked until the transaction ends; null when it is gone. */
export const lockConversationRow = (tx: Tx, id: string) =>
  queryOne<ConversationRow>(tx, 'lock-conversation-row')`
  SELECT ${columns} FROM conversations WHERE id = ${id}::uuid FOR NO KEY UPDATE`

/** The conversation of a lead or correspondent, locked until the transaction ends; null before its first message. */
export const lockConversationOf = (tx: Tx, of: ConversationOf) =>
  'leadId' in of
    ? queryOne<ConversationRow>(tx, 'lock-conversation-of-lead')`
  SELECT ${columns} FROM conversations WHERE lead_id = ${of.leadId}::uuid FOR NO KEY UPDATE`
    : queryOne<ConversationRow>(tx, 'lock-conversation-of-correspondent')`
  SELECT ${columns} FROM conversations
  WHERE mailbox_id = ${of.mailboxId}::uuid AND correspondent = ${of.correspondent} AND lead_id IS NULL FOR NO KEY UPDATE`

/** Locks the conversations of these leads, and of whoever is none and wrote to the mailbox, in the order of their ids. */
export const lockConversationsOf = (
  tx: Tx,
  {
    leadIds,
    mailboxId,
    correspondents,
  }: { leadIds: readonly string[]; mailboxId: string; correspondents: readonly string[] },
) =>
  execute(tx, 'lock-conversations-of')`
  SELECT id FROM conversations
  WHERE id IN (
    SELECT id FROM conversations WHERE lead_id = ANY(${[...leadIds]}::uuid[])
    UNION ALL
    SELECT id FROM conversations
    WHERE mailbox_id = ${mailboxId}::uuid AND correspondent = ANY(${[...correspondents]}::text[]) AND lead_id IS NULL)
  ORDER BY id FOR NO KEY UPDATE`

/** Begins a conversation. Returns its id. */
export async function insertConversation(tx: Tx, row: Omit<ConversationRow, 'id'>, at: Date): Promise<string> {
  const { scope, isWaiting } = placed({ ...row, isMatched: row.leadId !== null })
  const [inserted] = await queryPrepared<{ id: string }>(tx, 'insert-conversation')`
  INSERT INTO conversations (lead_id, mailbox_id, correspondent, correspondent_name, campaign_id, subject, excerpt, done_at,
    snoozed_until, is_unread, last_in_at, last_in_kind, asked_at, last_out_at, last_message_at, scope, is_waiting, created_at, updated_at)
  VALUES (${row.leadId}::uuid, ${row.mailboxId}::uuid, ${row.correspondent}, ${row.correspondentName}, ${row.campaignId}::uuid,
    ${row.subject}, ${row.excerpt}, ${row.doneAt}, ${row.snoozedUntil}, ${row.isUnread}, ${row.lastInAt}, ${row.lastInKind},
    ${row.askedAt}, ${row.lastOutAt}, ${lastMessageAt({ ...row, isMatched: true }) ?? at}, ${scope}, ${isWaiting}, ${at}, ${at})
  RETURNING id`
  if (!inserted) throw new Error('A conversation that was inserted has an id.')
  return inserted.id
}

/** Writes a conversation that is locked, with where its facts put it. */
export async function updateConversation(tx: Tx, row: ConversationRow, at: Date): Promise<void> {
  const { scope, isWaiting } = placed({ ...row, isMatched: row.leadId !== null })
  await queryPrepared(tx, 'update-conversation')`
  UPDATE conversations
  SET mailbox_id = ${row.mailboxId}::uuid, correspondent = ${row.correspondent}, correspondent_name = ${row.correspondentName},
      campaign_id = ${row.campaignId}::uuid, assignee_id = ${row.assigneeId}, subject = ${row.subject}, excerpt = ${row.excerpt},
      done_at = ${row.doneAt}, snoozed_until = ${row.snoozedUntil}, is_unread = ${row.isUnread}, last_in_at = ${row.lastInAt},
      last_in_kind = ${row.lastInKind}, asked_at = ${row.askedAt}, last_out_at = ${row.lastOutAt},
      last_message_at = COALESCE(${lastMessageAt({ ...row, isMatched: true })}::timestamptz, last_message_at),
      scope = ${scope}, is_waiting = ${isWaiting}, interest = ${row.interest}, version = ${row.version}, updated_at = ${at}
  WHERE id = ${row.id}::uuid`
}

// One that asks for an answer is hardly older than so many that followed it.
const LATEST = 500

/** Their latest messages of a conversation, the oldest first. */
export const selectTheirMessages = (sql: Sql, conversationId: string) =>
  queryPrepared<MessageOfTheirs>(sql, 'select-their-messages')`
  SELECT at, kind, "asksPerson" FROM (
    SELECT id, received_at AS at, kind, effects ? 'asksPerson' AS "asksPerson" FROM received_messages
    WHERE conversation_id = ${conversationId}::uuid AND kind <> 'own' ORDER BY received_at DESC, id DESC LIMIT ${LATEST}) latest
  ORDER BY at, id`
