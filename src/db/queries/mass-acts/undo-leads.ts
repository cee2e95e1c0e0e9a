import { query, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

/**
 * Those of these leads, locked, that are as an act has left them, with their status of before: it stands there, nobody has written
 * them since (also not the same status once more), and no message came from them, and no reply of ours was written to them, since. A minute more
 * is asked of those: what waited for the lock of the act's step has a time of before.
 */
export const selectUntouched = (
  tx: Tx,
  { actId, leadIds, status }: { actId: string; leadIds: readonly string[]; status: LeadStatus },
) =>
  query<{ id: string; was: LeadStatus }>(tx)`
  SELECT l.id, m.was FROM mass_act_leads m JOIN leads l ON l.id = m.lead_id
  WHERE m.mass_act_id = ${actId}::uuid AND m.lead_id = ANY(${[...leadIds]}::uuid[]) AND l.status = ${status} AND l.updated_at = m.changed_at
    AND NOT EXISTS (SELECT FROM received_messages r WHERE r.lead_id = l.id
                      AND GREATEST(r.created_at, r.corrected_at) >= m.changed_at - interval '1 minute')
    AND NOT EXISTS (SELECT FROM replies p WHERE p.lead_id = l.id AND p.status <> 'cancelled'
                      AND p.updated_at >= m.changed_at - interval '1 minute')`

/** Takes these leads out of the batch again where they are in it by this act alone: nobody has put them there anew, and no import since. */
export const leaveBatchIfUntouched = (
  tx: Tx,
  { actId, leadIds, batchId }: { actId: string; leadIds: readonly string[]; batchId: string },
) =>
  query<{ id: string }>(tx)`
  DELETE FROM batch_leads bl USING mass_act_leads m
  WHERE m.mass_act_id = ${actId}::uuid AND m.lead_id = ANY(${[...leadIds]}::uuid[])
    AND bl.batch_id = ${batchId}::uuid AND bl.lead_id = m.lead_id AND bl.added_at = m.changed_at
    -- The id says when the act began, in real time as imports have it.
    AND NOT EXISTS (SELECT FROM lead_import_leads il JOIN lead_imports i ON i.id = il.import_id
                    WHERE il.lead_id = bl.lead_id AND i.batch_id = bl.batch_id AND i.status <> 'rolled_back'
                      AND COALESCE(i.finished_at, 'infinity') >= uuid_extract_timestamp(m.mass_act_id))
  RETURNING bl.lead_id AS id`
