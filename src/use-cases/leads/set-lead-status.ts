import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { setLeadStatus as setStatus } from '@/db/queries/leads/set-lead-status'
import { suppressAddressesOfLeads } from '@/db/queries/suppression/suppress-addresses-of-leads'
import { withSendingBlocked } from '@/db/send-gate'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { endReasonOf, type LeadStatus } from '@/domain/lead/status'

export type SetLeadStatus = { ids: readonly string[]; status: LeadStatus; by: string | null }

/**
 * Sets the status of leads. One that ends their sequences skips their pending emails, in all campaigns and in
 * the same transaction; no email to them begins after it. `unsubscribed` also
 * suppresses their addresses, as the link does. Going back to another status plans nothing again and lifts nothing.
 * @throws {DomainError} not_found
 */
export async function setLeadStatus(
  { sql, clock, log, queue }: Deps,
  { ids, status, by }: SetLeadStatus,
): Promise<{ updated: number; emailsSkipped: number }> {
  const ends = endReasonOf(status)
  const within = ends ? withSendingBlocked : transaction
  const result = await within(sql, async (tx) => {
    const { updated, emailsSkipped } = await applyStatus(tx, { ids, status, at: clock.now() })
    if (updated === 0) {
      const what = ids.length === 1 ? 'This lead does' : 'These leads do'
      throw new DomainError('not_found', `${what} not exist any more. Nothing was changed.`)
    }
    return { updated, emailsSkipped }
  })
  log.info({ leads: ids, status, by, ...result }, 'lead status set')
  // A campaign may have waited for nothing but these emails.
  if (result.emailsSkipped > 0) await queue.enqueueTick()
  return result
}

/** The same within a transaction, which runs behind the closed send gate where the status ends sequences. */
export async function applyStatus(
  tx: Tx,
  { ids, status, at }: { ids: readonly string[]; status: LeadStatus; at: Date },
): Promise<{ updated: number; emailsSkipped: number }> {
  const ends = endReasonOf(status)
  await lockCampaignsOfLeads(tx, ids)
  const updated = await setStatus(tx, { leadIds: ids, status, at })
  if (status === 'unsubscribed') await suppressAddressesOfLeads(tx, { leadIds: ids, at })
  const skipped = ends ? await skipPendingOfLeads(tx, { leadIds: ids, reason: ends, at }) : []
  return { updated, emailsSkipped: skipped.length }
}
