import { insertEvent } from '@/db/queries/campaigns/insert-event'
import type { MessageRow } from '@/db/queries/conversations/store-message'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { eventText } from '@/domain/conversation/event-text'
import type { StoredEffects } from '@/domain/conversation/stored-effects'

/** Writes what a message did into the history of its campaign. */
export async function noteAnswer(
  { clock }: Deps,
  tx: Tx,
  { campaignId, leadId, kind, details }: Pick<MessageRow, 'campaignId' | 'leadId' | 'kind' | 'details'>,
  { id, effects }: { id: string; effects: StoredEffects },
): Promise<void> {
  const message = eventText(kind, details.byHand === true, effects)
  if (!campaignId || !message) return
  const event = { campaignId, at: clock.now(), kind: 'answer_read', actor: null, message }
  await insertEvent(tx, { ...event, details: { receivedMessageId: id, leadId } })
}
