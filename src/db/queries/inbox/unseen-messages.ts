import { queryOne, type Tx } from '@/db/sql'

/**
 * Whether a message of theirs was stored in the conversation after the one that was seen; null: none was seen. Their ids ascend in the
 * order in which they were stored, which is not that in which they were written: one that was read late is a later one.
 */
export const hasLaterMessage = async (
  tx: Tx,
  { conversationId, seen }: { conversationId: string; seen: string | null },
): Promise<boolean> =>
  (
    await queryOne<{ found: boolean }>(tx)`
  SELECT EXISTS (SELECT FROM received_messages WHERE conversation_id = ${conversationId}::uuid AND kind <> 'own'
                 AND (${seen}::uuid IS NULL OR id > ${seen}::uuid)) AS found`
  )?.found === true
