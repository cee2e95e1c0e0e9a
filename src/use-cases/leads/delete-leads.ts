import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import {
  type EmailOfLead,
  lockEmailsOfLeads,
  selectEmailsOfLeads,
  uncountEmailsOfLeads,
} from '@/db/queries/delivery/lock-emails-of-leads'
import { deleteLeadRows, lockLeadRows } from '@/db/queries/leads/delete-lead-rows'
import { hasReplyOnTheWire } from '@/db/queries/replies/move-reply'
import { eraseAddressesOfLeads } from '@/db/queries/suppression/erase-addresses-of-leads'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { isOpenStatus } from '@/domain/campaign/progress'
import { DomainError } from '@/domain/errors'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'

export type DeleteLeads = {
  ids: readonly string[]
  /** Only says what would go. */
  dryRun?: boolean | undefined
  by: string | null
}

/** `leads` that go, and what goes with them. */
export type DeletedLeads = { leads: number; plannedEmails: number; sentEmails: number; campaigns: number }

/**
 * Erases leads with their planned emails and the record of sent ones; the campaigns' counts go down by as much, so
 * that their ledgers still sum. What has to stay stays under the keyed hash of the address: that it is suppressed, that it was
 * emailed, that it had said no, and whose the links in its emails are (migration 0012 keeps those three). Refused, for all of them, while an email to one is being sent.
 * @throws {DomainError} not_found, in_use
 */
export async function deleteLeads(deps: Deps, { ids, dryRun, by }: DeleteLeads): Promise<DeletedLeads> {
  const { sql, clock, log, queue } = deps
  if (dryRun) return { leads: ids.length, ...summaryOf(await selectEmailsOfLeads(sql, ids)) }
  await recordAddressHashes(deps)
  const gone = await withSendingBlocked(sql, async (tx) => {
    await lockCampaignsOfLeads(tx, ids)
    // A start that plans mail for them at this moment is waited for, and counted.
    await lockLeadRows(tx, ids)
    const emails = await lockEmailsOfLeads(tx, ids)
    refuseWhileSending(emails, ids.length)
    if (await hasReplyOnTheWire(tx, ids)) {
      const whom = ids.length === 1 ? 'this lead' : 'one of these leads'
      throw new DomainError(
        'in_use',
        `A reply to ${whom} is being sent right now. Nothing was deleted. Try again in a minute.`,
      )
    }
    await uncountEmailsOfLeads(tx, ids, clock.now())
    await eraseAddressesOfLeads(tx, ids)
    const deleted = await deleteLeadRows(tx, ids)
    if (deleted === 0) {
      throw new DomainError('not_found', 'These leads do not exist any more. Nothing was deleted.')
    }
    return { leads: deleted, ...summaryOf(emails) }
  })
  log.info({ ...gone, by }, 'leads deleted')
  // A campaign may have waited for nothing but these emails.
  if (gone.plannedEmails > 0) await queue.enqueueTick()
  return gone
}

const summaryOf = (emails: readonly EmailOfLead[]) => ({
  plannedEmails: emails.filter(({ status }) => isOpenStatus(status)).length,
  sentEmails: emails.filter(({ status }) => status === 'sent').length,
  campaigns: new Set(emails.map(({ campaignId }) => campaignId)).size,
})

function refuseWhileSending(emails: readonly EmailOfLead[], leads: number) {
  const sending = emails.find(({ status }) => status === 'sending')
  if (!sending) return
  throw new DomainError(
    'in_use',
    `An email of campaign "${sending.campaignName}" is being sent right now to ${leads === 1 ? 'this lead' : 'one of these leads'}. Nothing was deleted. Try again in a minute.`,
    { campaignId: sending.campaignId },
  )
}
