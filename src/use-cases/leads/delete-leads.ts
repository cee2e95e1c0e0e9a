import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import {
  type EmailOfLead,
  lockEmailsOfLeads,
  selectEmailsOfLeads,
  uncountEmailsOfLeads,
} from '@/db/queries/delivery/lock-emails-of-leads'
import { eraseRefusals } from '@/db/queries/lead-imports/record-imported'
import { deleteLeadRows, lockLeadRows } from '@/db/queries/leads/delete-lead-rows'
import { countOpenReplies, type OpenReplies } from '@/db/queries/replies/move-reply'
import { eraseAddressesOfLeads } from '@/db/queries/suppression/erase-addresses-of-leads'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { isOpenStatus } from '@/domain/campaign/progress'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'

export type DeleteLeads = {
  ids: readonly string[]
  /** Only says what would go. */
  dryRun?: boolean | undefined
  by: string | null
}

/** `leads` that go, and what goes with them. While there are `heldReplies`, of which nobody knows whether they left, none goes. */
export type DeletedLeads = {
  leads: number
  plannedEmails: number
  sentEmails: number
  campaigns: number
  waitingReplies: number
  heldReplies: number
}

/**
 * Erases leads with their planned emails and the record of sent ones; the campaigns' counts go down by as much, so
 * that their ledgers still sum. What has to stay stays under the keyed hash of the address: that it is suppressed, that it was
 * emailed, that it had said no, and whose the links in its emails are (migration 0012 keeps those three). Refused, for all of them, while an email to one is being sent, or
 * a reply is held.
 * @throws {DomainError} not_found, in_use
 */
export async function deleteLeads(deps: Deps, { ids, dryRun, by }: DeleteLeads): Promise<DeletedLeads> {
  const { sql, clock, log, queue } = deps
  if (dryRun) {
    const [emails, replies] = await Promise.all([selectEmailsOfLeads(sql, ids), countOpenReplies(sql, ids)])
    return { leads: ids.length, ...summaryOf(emails, replies) }
  }
  await recordAddressHashes(deps)
  const gone = await withSendingBlocked(sql, async (tx) => {
    await lockCampaignsOfLeads(tx, ids)
    // A start that plans mail for them at this moment is waited for, and counted.
    await lockLeadRows(tx, ids)
    const emails = await lockEmailsOfLeads(tx, ids)
    refuseWhileSending(emails, ids.length)
    refuseOpenReplies(await countOpenReplies(tx, ids), ids.length)
    const erased = await eraseLeads(tx, ids, clock.now())
    if (erased.leads === 0) {
      throw new DomainError('not_found', 'These leads do not exist any more. Nothing was deleted.')
    }
    return erased
  })
  log.info({ ...gone, by }, 'leads deleted')
  // A campaign may have waited for nothing but these emails.
  if (gone.plannedEmails > 0) await queue.enqueueTick()
  return gone
}

/**
 * Erases leads that are locked with their campaigns and emails, none of which is being sent, and says what went along: replies of
 * ours that waited to be sent, too, which nobody would miss otherwise.
 */
export async function eraseLeads(tx: Tx, ids: readonly string[], at: Date): Promise<DeletedLeads> {
  const [emails, replies] = [await selectEmailsOfLeads(tx, ids), await countOpenReplies(tx, ids)]
  await uncountEmailsOfLeads(tx, ids, at)
  await eraseAddressesOfLeads(tx, ids)
  await eraseRefusals(tx, ids)
  return { leads: await deleteLeadRows(tx, ids), ...summaryOf(emails, replies) }
}

const summaryOf = (emails: readonly EmailOfLead[], { waiting, sending, held }: OpenReplies) => ({
  plannedEmails: emails.filter(({ status }) => isOpenStatus(status)).length,
  sentEmails: emails.filter(({ status }) => status === 'sent').length,
  campaigns: new Set(emails.map(({ campaignId }) => campaignId)).size,
  waitingReplies: waiting + sending,
  heldReplies: held,
})

/** What a person has written may still leave, or nobody would ever learn whether it did. */
function refuseOpenReplies({ sending, held }: OpenReplies, leads: number) {
  if (sending > 0)
    throw new DomainError(
      'in_use',
      `A reply to ${leads === 1 ? 'this lead' : 'one of these leads'} is being sent right now. Nothing was deleted. Try again in a minute.`,
    )
  if (held === 0) return
  const it = held === 1 ? 'it' : 'they'
  throw new DomainError(
    'in_use',
    `Of ${counted(held, 'reply', 'replies')} to ${leads === 1 ? 'this lead' : 'these leads'} nobody knows whether ${it} left. Nothing was deleted. Say in the inbox what became of ${held === 1 ? 'it' : 'them'} first.`,
  )
}

function refuseWhileSending(emails: readonly EmailOfLead[], leads: number) {
  const sending = emails.find(({ status }) => status === 'sending')
  if (!sending) return
  throw new DomainError(
    'in_use',
    `An email of campaign "${sending.campaignName}" is being sent right now to ${leads === 1 ? 'this lead' : 'one of these leads'}. Nothing was deleted. Try again in a minute.`,
    { campaignId: sending.campaignId },
  )
}
