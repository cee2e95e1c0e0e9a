import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { setLeadStatusesIf } from '@/db/queries/conversations/act-on-answer'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { lockConversationRow, updateConversation } from '@/db/queries/inbox/conversation-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import type { Interest } from '@/domain/conversation/interest'
import { DomainError } from '@/domain/errors'
import { CHANGED_BY_INTEREST, type ChangedByInterest, STATUS_OF_INTEREST } from '@/domain/inbox/interest'
import { endReasonOf } from '@/domain/lead/status'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { listReceived } from '@/use-cases/leads/list-received'

export type SetInterest = { id: string; interest: Interest; by: string }

/** What it was before: null for a lead whose status stays, whatever it answers; `was.skipped`: the emails that were planned. */
export type InterestSet = {
  version: number
  skipped: number
  /** The message was taken for something else than a reply. */
  corrected: boolean
  was: { interest: Interest | null; leadStatus: ChangedByInterest | null; skipped: string[] }
}

/**
 * Confirms what the answer of a lead says, and gives the lead the status that follows. A message that was taken for something else
 * is corrected to a reply first. @throws {DomainError} not_found; conflict where nobody has answered
 */
export async function setInterest(deps: Deps, { id, interest, by }: SetInterest): Promise<InterestSet> {
  const found = await deps.db.conversation.findUnique({ where: { id }, select: { leadId: true } })
  if (!found) throw gone()
  const { leadId } = found
  if (leadId === null) throw new DomainError('conflict', 'This message belongs to no lead. Nothing was changed.')
  const corrected = await correctToReply(deps, { id, by })
  const status = STATUS_OF_INTEREST[interest]
  const result = await withSendingBlocked(deps.sql, async (tx) => {
    await lockCampaignsOfLeads(tx, [leadId])
    const at = deps.clock.now()
    const [set] = await setLeadStatusesIf(tx, [{ leadId, from: CHANGED_BY_INTEREST, to: status }], at)
    const reason = set && endReasonOf(status)
    const skipped = reason ? await skipPendingOfLeads(tx, { leadIds: [leadId], reason, at }) : []
    const row = await lockConversationRow(tx, id)
    if (!row) throw gone()
    const version = row.version + 1
    await updateConversation(tx, { ...row, interest, version }, at)
    const leadStatus = CHANGED_BY_INTEREST.find((one) => one === set?.was) ?? null
    const was = { interest: row.interest, leadStatus, skipped: skipped.map((email) => email.id) }
    return { version, skipped: skipped.length, was }
  })
  deps.log.info({ conversation: id, lead: leadId, interest, by, ...result }, 'answer judged')
  if (result.skipped > 0) await deps.queue.enqueueTick()
  return { corrected, ...result }
}

/** True where the latest message had to be corrected. */
async function correctToReply(deps: Deps, { id, by }: { id: string; by: string }): Promise<boolean> {
  const theirs = (await listReceived(deps, { conversationId: id }, 0)).filter(({ kind }) => kind !== 'own')
  if (theirs.some(({ kind }) => kind === 'human')) return false
  const reply = theirs.find(({ corrections }) => corrections.includes('reply'))
  if (!reply) throw new DomainError('conflict', 'Nobody has answered in this conversation. Nothing was changed.')
  if (reply.suppressed.length > 0)
    throw new DomainError(
      'conflict',
      'This message asks to be removed. If it does not, correct the message first. Nothing was changed.',
    )
  await correctMessage(deps, { id: reply.id, to: 'reply', by })
  return true
}

const gone = () => new DomainError('not_found', 'This conversation does not exist any more. Nothing was changed.')
