import { execute, type Tx } from '@/db/sql'

export type MailboxEvent = { campaignId: string; message: string }

/** Writes into the histories of these campaigns what other settings of their mailbox did; one that is gone has none. */
export const insertMailboxEvents = (
  tx: Tx,
  { events, at, actor }: { events: MailboxEvent[]; at: Date; actor: string },
) =>
  execute(tx)`
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
  SELECT c.id, ${at}, 'changed', ${actor}, event.message
  FROM unnest(${events.map(({ campaignId }) => campaignId)}::uuid[], ${events.map(({ message }) => message)}::text[])
         AS event (campaign_id, message)
  JOIN campaigns c ON c.id = event.campaign_id
  FOR KEY SHARE OF c`
