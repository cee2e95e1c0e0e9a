import {
  type ConversationRow,
  factsOf,
  lockConversationRow,
  updateConversation,
} from '@/db/queries/inbox/conversation-row'
import { lockMember } from '@/db/queries/inbox/lock-member'
import { hasLaterMessage } from '@/db/queries/inbox/unseen-messages'
import { markAnsweredRead } from '@/db/queries/notifications/mark-read'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type ConversationFacts, done, reopened, snoozed, snoozeProblem } from '@/domain/inbox/conversation'
import { isAtLeast } from '@/domain/team/roles'

/** One act of a person; what it changes is named. `unread`: it was so before the act that this one takes back. */
export type Change =
  | { done: boolean; unread?: true | undefined }
  | { snoozedUntil: Date | null; unread?: true | undefined }
  | { assigneeId: string | null }
  | { isUnread: boolean }

export type ChangeConversation = {
  id: string
  change: Change
  /** Only if nobody has changed it since: what takes an act back. */
  ifVersion?: number | undefined
  /** Their latest message that the person has seen (`latestMessageId`); null: none. What hides a later one is refused. */
  seen?: string | null | undefined
  by: string
}

/** As it stood before, so that the act can be taken back, and the version that it has now. */
export type Changed = {
  version: number
  was: { isDone: boolean; snoozedUntil: Date | null; assigneeId: string | null; isUnread: boolean }
}

/**
 * Closes, opens, puts off or hands over a conversation. What nobody has seen is never hidden: neither an act nor its undo closes, puts
 * off or marks as read a message that came after the one that was seen. @throws {DomainError} not_found, conflict, invalid_input
 */
export async function changeConversation(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { id, change, ifVersion, seen = null, by }: ChangeConversation,
): Promise<Changed> {
  const now = clock.now()
  const isBack = ifVersion !== undefined
  if ('snoozedUntil' in change && change.snoozedUntil && !isBack) {
    const problem = snoozeProblem(change.snoozedUntil, now)
    if (problem) throw new DomainError('invalid_input', `${problem} Nothing was changed.`, { field: 'until' })
  }
  const changed = await transaction(sql, async (tx) => {
    if ('assigneeId' in change && change.assigneeId !== null) await requireMember(tx, change.assigneeId)
    const row = await lockConversationRow(tx, id)
    if (!row) throw new DomainError('not_found', 'This conversation does not exist any more. Nothing was changed.')
    if (isBack && row.version !== ifVersion)
      throw new DomainError('conflict', 'This conversation has changed since. Nothing was changed.')
    // Whoever stores a message locks the conversation first: none comes between this look and the act.
    if (hides(change) && (await hasLaterMessage(tx, { conversationId: id, seen })))
      throw new DomainError('conflict', 'A new message came meanwhile. Look at it first: nothing was changed.')
    const after = changedBy(factsOf(row), change, now)
    // Who has read it is no act that another one could be taken back over.
    const version = 'isUnread' in change ? row.version : row.version + 1
    await updateConversation(tx, { ...after, version }, now)
    if (after.doneAt) await markAnsweredRead(tx, { conversationId: id, until: null, at: now })
    const { doneAt, snoozedUntil, assigneeId, isUnread } = row
    return { version, was: { isDone: doneAt !== null, snoozedUntil, assigneeId, isUnread } }
  })
  log.info({ conversation: id, by, ...change }, 'conversation changed')
  return changed
}

function changedBy<Row extends ConversationRow & ConversationFacts>(row: Row, change: Change, now: Date): Row {
  const again = 'unread' in change && change.unread ? { isUnread: true } : {}
  if ('done' in change) return { ...(change.done ? done(row, now) : reopened(row)), ...again }
  if ('snoozedUntil' in change) return { ...snoozed(row, change.snoozedUntil), ...again }
  return { ...row, ...change }
}

/** Whether what came in is out of sight, or no more marked as new, after the act. */
function hides(change: Change): boolean {
  if ('done' in change) return change.done
  if ('snoozedUntil' in change) return change.snoozedUntil !== null
  return 'isUnread' in change && !change.isUnread
}

async function requireMember(tx: Tx, userId: string): Promise<void> {
  const member = await lockMember(tx, userId)
  if (!member) throw new DomainError('conflict', 'This person is no member any more. Nothing was changed.')
  if (!isAtLeast(member.role, 'member'))
    throw new DomainError('conflict', `${member.name} can look at conversations only. Nothing was changed.`)
}
