import { query, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

/** The status and the address of these leads, locked until the transaction ends. Their campaigns' locks come before. */
export const lockLeadStatuses = (tx: Tx, ids: readonly string[]) =>
  query<{ id: string; status: LeadStatus; email: string }>(tx)`
  SELECT id, status, email FROM leads WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`

/** Leads to whom a reply is being sent, or of one of which nobody knows whether it left. */
export const selectLeadsWithOpenReplies = (tx: Tx, ids: readonly string[]) =>
  query<{ id: string; held: boolean }>(tx)`
  SELECT lead_id AS id, bool_or(status = 'held') AS held FROM replies
  WHERE lead_id = ANY(${[...ids]}::uuid[]) AND status IN ('sending', 'held') GROUP BY lead_id`
