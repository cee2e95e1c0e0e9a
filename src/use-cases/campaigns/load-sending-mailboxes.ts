import type { Mailbox } from '@/db/generated/client'
import { lockPlanning } from '@/db/queries/campaigns/lock-planning'
import { selectFirstMailbox } from '@/db/queries/mailboxes/select-mailboxes'
import type { Sql, Tx } from '@/db/sql'
import { chosenOrFirst } from '@/domain/campaign/sending-mailboxes'
import { DomainError } from '@/domain/errors'
import { type CampaignWithParts, loadCampaign } from './load-campaign'

/** The mailboxes that the campaign sends from; empty when there is none at all. */
export async function loadSendingMailboxes(
  { sql }: { sql: Sql },
  campaign: Pick<CampaignWithParts, 'mailboxes'>,
): Promise<Mailbox[]> {
  const chosen = campaign.mailboxes.map(({ mailbox }) => mailbox)
  return chosenOrFirst(chosen, await selectFirstMailbox(sql))
}

/**
 * Makes the campaign's plan wait for those that are being made from the same mailboxes, until the transaction ends. The
 * first lock of a transaction that plans: see `lockPlanning`. Returns the mailboxes that it is for.
 * @throws {DomainError} not_found
 */
export async function lockSendingMailboxes(tx: Tx, campaignId: string): Promise<ReadonlySet<string>> {
  const mailboxes = await loadSendingMailboxes({ sql: tx }, await loadCampaign({ sql: tx }, campaignId))
  const ids = mailboxes.map(({ id }) => id)
  await lockPlanning(tx, ids)
  return new Set(ids)
}

/**
 * The mailboxes that the campaign sends from, as they are under its own lock.
 * @throws {DomainError} conflict when others were chosen since `locked` were locked
 */
export async function loadLockedMailboxes(
  tx: Tx,
  campaign: CampaignWithParts,
  locked: ReadonlySet<string>,
): Promise<Mailbox[]> {
  const mailboxes = await loadSendingMailboxes({ sql: tx }, campaign)
  if (mailboxes.every(({ id }) => locked.has(id))) return mailboxes
  throw new DomainError(
    'conflict',
    `The mailboxes of "${campaign.name}" were changed while its emails were being planned. Nothing was planned: try again.`,
    { campaignId: campaign.id },
  )
}
