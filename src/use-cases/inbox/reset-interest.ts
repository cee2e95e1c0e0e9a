import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { setLeadStatusesIf } from '@/db/queries/conversations/act-on-answer'
import { selectSkippedOf } from '@/db/queries/conversations/take-back'
import { lockConversationRow, updateConversation } from '@/db/queries/inbox/conversation-row'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Interest } from '@/domain/conversation/interest'
import { DomainError } from '@/domain/errors'
import { STATUS_OF_INTEREST } from '@/domain/inbox/interest'
import { planAgain } from '@/use-cases/conversations/plan-again'
import type { InterestSet } from './set-interest'

export type ResetInterest = { id: string; was: InterestSet['was']; ifVersion: number; by: string }

/**
 * Takes back what a person has confirmed that an answer says, with the status that it gave and the emails that it skipped, where
 * nobody has changed that since. @throws {DomainError} not_found; conflict when somebody has changed the conversation since;
 * batch_in_use
 */
export async function resetInterest(deps: Deps, { id, was, ifVersion, by }: ResetInterest): Promise<void> {
  const { db, sql, clock, queue, log } = deps
  const found = await db.conversation.findUnique({ where: { id }, select: { leadId: true, interest: true } })
  const plannedAgain = await transaction(sql, async (tx) => {
    const given = found?.interest as Interest | null
    const again = found?.leadId ? await takeBackOf(deps, tx, found.leadId, { given, was, by }) : 0
    // Locked last, as by whoever stores a message; what it was given is as old as its version.
    const row = await lockConversationRow(tx, id)
    if (!row) throw new DomainError('not_found', 'This conversation does not exist any more. Nothing was changed.')
    if (row.version !== ifVersion || row.interest !== given)
      throw new DomainError('conflict', 'This conversation has changed since. Nothing was changed.')
    await updateConversation(tx, { ...row, interest: was.interest, version: row.version + 1 }, clock.now())
    return again
  })
  log.info({ conversation: id, by, plannedAgain }, 'judgement of an answer taken back')
  if (plannedAgain > 0) await queue.enqueueTick()
}

/** The lead and its emails are as before. Returns how many emails are planned again. */
async function takeBackOf(
  deps: Deps,
  tx: Tx,
  leadId: string,
  { given, was, by }: { given: Interest | null; was: InterestSet['was']; by: string },
): Promise<number> {
  await lockCampaignsOfLeads(tx, [leadId])
  if (!given || !was.leadStatus) return 0
  const from = [STATUS_OF_INTEREST[given]]
  const [set] = await setLeadStatusesIf(tx, [{ leadId, from, to: was.leadStatus }], deps.clock.now())
  if (!set) return 0
  const skipped = (await selectSkippedOf(tx, { leadId, ids: was.skipped })).map((email) => email.id)
  return (await planAgain(deps, tx, { skipped, message: null, goesOn: true, by })).plannedAgain
}
