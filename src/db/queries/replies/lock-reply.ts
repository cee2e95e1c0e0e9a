import { execute, queryOne, type Sql } from '@/db/sql'

/** A reply that a message is about, locked until the transaction ends. `isHeld`: nobody knows whether it left. */
export const lockReply = (sql: Sql, id: string) =>
  queryOne<{ claim: number; isHeld: boolean }>(sql)`
  SELECT claim, status IN ('held', 'sending') AS "isHeld" FROM replies WHERE id = ${id}::uuid FOR NO KEY UPDATE`

/** Writes the id that a provider gave a reply, where none is known. */
export const writeReplyProviderId = (sql: Sql, { id, providerId }: { id: string; providerId: string }) =>
  execute(sql)`
  UPDATE replies SET provider_message_id = ${providerId} WHERE id = ${id}::uuid AND provider_message_id IS NULL`
