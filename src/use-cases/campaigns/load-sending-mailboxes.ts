import type { Mailbox } from '@/db/generated/client'
import { selectFirstMailbox } from '@/db/queries/mailboxes/select-mailboxes'
import type { Sql } from '@/db/sql'
import { chosenOrFirst } from '@/domain/campaign/sending-mailboxes'
import type { CampaignWithParts } from './load-campaign'

/** The mailboxes that the campaign sends from; empty when there is none at all. */
export async function loadSendingMailboxes(
  { sql }: { sql: Sql },
  campaign: Pick<CampaignWithParts, 'mailboxes'>,
): Promise<Mailbox[]> {
  const chosen = campaign.mailboxes.map(({ mailbox }) => mailbox)
  return chosenOrFirst(chosen, await selectFirstMailbox(sql))
}
