import { query, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

/** The status and the address of these leads, locked until the transaction ends. Their campaigns' locks come before. */
export const lockLeadStatuses = (tx: Tx, ids: readonly string[]) =>
  query<{ id: string; status: LeadStatus; email: string }>(tx)`
  SELECT id, status, email FROM leads WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`

/** Adds leads to a batch. Returns those that are new to it. */
export const addToBatch = (tx: Tx, { batchId, ids, at }: { batchId: string; ids: readonly string[]; at: Date }) =>
  query<{ id: string }>(tx)`
  INSERT INTO batch_leads (batch_id, lead_id, added_at)
  SELECT ${batchId}::uuid, l.id, ${at}::timestamptz FROM leads l WHERE l.id = ANY(${[...ids]}::uuid[]) ORDER BY l.id
  ON CONFLICT DO NOTHING
  RETURNING lead_id AS id`

/** Of these ids, the batch that is still there, which stays until the transaction ends. */
export const holdBatch = (tx: Tx, id: string) =>
  query<{ id: string }>(tx)`SELECT id FROM lead_batches WHERE id = ${id}::uuid FOR KEY SHARE`

/** Leads to whom a reply is being sent, or of one of which nobody knows whether it left. */
export const selectLeadsWithOpenReplies = (tx: Tx, ids: readonly string[]) =>
  query<{ id: string; held: boolean }>(tx)`
  SELECT lead_id AS id, bool_or(status = 'held') AS held FROM replies
  WHERE lead_id = ANY(${[...ids]}::uuid[]) AND status IN ('sending', 'held') GROUP BY lead_id`
