import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { setLeadStatusesIf } from '@/db/queries/conversations/act-on-answer'
import { lockConversationRow, updateConversation } from '@/db/queries/inbox/conversation-row'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { STATUS_OF_INTEREST } from '@/domain/inbox/interest'
import type { InterestSet } from './set-interest'

export type ResetInterest = { id: string; was: InterestSet['was']; ifVersion: number; by: string }

/**
 * Takes back what a person has confirmed that an answer says, with the status that it gave, where nobody has changed that since.
 * @throws {DomainError} not_found; conflict when somebody has changed the conversation since
 */
export async function resetInterest(
  { db, sql, clock, log }: Pick<Deps, 'db' | 'sql' | 'clock' | 'log'>,
  { id, was, ifVersion, by }: ResetInterest,
): Promise<void> {
  const found = await db.conversation.findUnique({ where: { id }, select: { leadId: true } })
  await transaction(sql, async (tx) => {
    // As whoever stores a message: campaigns, lead, conversation.
    if (found?.leadId) await lockCampaignsOfLeads(tx, [found.leadId])
    const row = await lockConversationRow(tx, id)
    if (!row) throw new DomainError('not_found', 'This conversation does not exist any more. Nothing was changed.')
    if (row.version !== ifVersion)
      throw new DomainError('conflict', 'Somebody has changed this conversation since. Nothing was changed.')
    const at = clock.now()
    if (row.leadId && row.interest && was.leadStatus) {
      const from = [STATUS_OF_INTEREST[row.interest]]
      await setLeadStatusesIf(tx, [{ leadId: row.leadId, from, to: was.leadStatus }], at)
    }
    await updateConversation(tx, { ...row, interest: was.interest, version: row.version + 1 }, at)
  })
  log.info({ conversation: id, by }, 'judgement of an answer taken back')
}
