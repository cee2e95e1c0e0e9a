import { execute, executeIf, type Tx } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

/** Locks the campaign while it is in one of these states: results, moves and other changes wait. Returns whether it is. */
export const lockCampaignIf = (tx: Tx, campaignId: string, from: readonly CampaignStatus[]) =>
  executeIf(tx)`
  SELECT id FROM campaigns WHERE id = ${campaignId}::uuid AND status = ANY(${[...from]}::text[]) FOR NO KEY UPDATE`

/** Keeps these mailboxes from being deleted. Returns how many of them there are. */
export const keepMailboxes = (tx: Tx, mailboxIds: readonly string[]) =>
  execute(tx)`SELECT id FROM mailboxes WHERE id = ANY(${[...mailboxIds]}::uuid[]) ORDER BY id FOR KEY SHARE`

/** Locks what the campaign has planned: none of it is claimed, put off or skipped until the transaction ends. */
export const lockPlannedEmails = (tx: Tx, campaignId: string) =>
  execute(tx)`
  SELECT id FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid AND status = 'pending' ORDER BY id FOR UPDATE`
