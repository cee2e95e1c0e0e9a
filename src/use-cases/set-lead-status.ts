import { lockCampaignsOfLeads } from '@/db/queries/lock-campaigns-of-leads'
import { setLeadStatus as setStatus } from '@/db/queries/set-lead-status'
import { skipPendingOfLeads } from '@/db/queries/skip-pending-of-leads'
import { inTransaction, queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { isUnmailable, type LeadStatus } from '@/domain/lead/status'
import { behindClosedGate } from './dialogue-gate'

export type SetLeadStatus = { ids: readonly string[]; status: LeadStatus; by: string | null }

/**
 * Gives leads a status. One in which leads are not mailed skips what is still planned for them, in all campaigns and in
 * the same transaction; no mail to them begins after it. Going back to another status plans nothing again.
 * @throws {DomainError} not_found
 */
export async function setLeadStatus(
  { pool, clock, log, queue }: Deps,
  { ids, status, by }: SetLeadStatus,
): Promise<{ updated: number; emailsSkipped: number }> {
  const ends = isUnmailable(status)
  const transaction = ends ? behindClosedGate : inTransaction
  const result = await transaction(pool, async (tx) => {
    await queryRows(tx, lockCampaignsOfLeads(ids))
    const at = clock.now()
    const updated = await queryRows(tx, setStatus({ leadIds: ids, status, at }))
    if (updated.length === 0) {
      const what = ids.length === 1 ? 'This lead does' : 'These leads do'
      throw new DomainError('not_found', `${what} not exist any more. Nothing was changed.`)
    }
    const skipped = ends ? await queryRows(tx, skipPendingOfLeads({ leadIds: ids, reason: 'lead_unmailable', at })) : []
    return { updated: updated.length, emailsSkipped: skipped.length }
  })
  log.info({ leads: ids, status, by, ...result }, 'lead status set')
  // A campaign may have waited for nothing but these mails.
  if (result.emailsSkipped > 0) await queue.enqueueTick()
  return result
}
