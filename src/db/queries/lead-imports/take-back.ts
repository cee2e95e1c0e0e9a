import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, query, type Tx } from '@/db/sql'
import { LEAD_DETAILS } from '@/domain/lead/fields'
import { giftsThere, heldByOthers, stillHolds } from './gifts'

type Taken = { importId: string; leadIds: readonly string[] }

// Names of the model, never of a file.
const emptied = Prisma.raw(
  LEAD_DETAILS.map(
    (field) => `${columnOf(field)} = CASE WHEN '${field}' = ANY(g.fields) THEN NULL ELSE l.${columnOf(field)} END`,
  ).join(', '),
)

/** A lead that was written, and its `updated_at` of before. */
export type WrittenLead = { id: string; was: Date }

/** Takes the values back that this import alone gave to empty fields of these leads, but those that somebody has changed since. */
export const restoreLeads = (tx: Tx, { importId, leadIds, at }: Taken & { at: Date }) =>
  query<WrittenLead>(tx)`
  WITH given AS MATERIALIZED (
    SELECT il.lead_id, array_agg(g.key) FILTER (WHERE g.kind = 'field') AS fields,
           COALESCE(array_agg(g.key) FILTER (WHERE g.kind = 'custom'), '{}') AS custom
    FROM lead_imports i JOIN lead_import_leads il ON il.import_id = i.id JOIN leads l ON l.id = il.lead_id,
         LATERAL (${giftsThere}) g
    WHERE i.id = ${importId}::uuid AND il.lead_id = ANY(${[...leadIds]}::uuid[]) AND g.kind <> 'batch' AND NOT g.shared
    GROUP BY il.lead_id
  )
  UPDATE leads l SET ${emptied}, custom_fields = l.custom_fields - g.custom, updated_at = ${at}
  FROM given g WHERE l.id = g.lead_id
  RETURNING l.id, old.updated_at AS was`

/** Takes these leads out of the batch into which the import had put them, but those that another import brought into it as well. */
export const leaveBatch = (tx: Tx, { importId, leadIds }: Taken) =>
  execute(tx)`
  DELETE FROM batch_leads bl USING lead_import_leads il, lead_imports i
  WHERE i.id = ${importId}::uuid AND il.import_id = i.id AND il.joined AND il.lead_id = ANY(${[...leadIds]}::uuid[])
    AND bl.batch_id = i.batch_id AND bl.lead_id = il.lead_id
    AND NOT EXISTS (SELECT 1 FROM ${heldByOthers} AND oi.batch_id = i.batch_id)`

const same = (gave: string, said: string) =>
  Prisma.raw(`NULLIF(COALESCE(o.${gave}, '{}') || COALESCE((
      SELECT jsonb_object_agg(v.key, v.value) FROM jsonb_each(il.${gave}) v WHERE o.${said}->v.key = v.value), '{}'), '{}')`)

/**
 * Hands what the import has brought of these leads on to others that brought the same: that it added them, put them into the batch,
 * and gave them a value. It goes with the last of them.
 */
export const handOn = (tx: Tx, { importId, leadIds }: Taken) =>
  execute(tx)`
  UPDATE lead_import_leads o
  SET added = o.added OR il.added, joined = o.joined OR (il.joined AND oi.batch_id IS NOT DISTINCT FROM i.batch_id),
      lead_as_of = CASE WHEN il.added AND NOT o.added THEN COALESCE(il.lead_as_of, l.created_at) ELSE o.lead_as_of END,
      fields = ${same('fields', 'said')}, custom = ${same('custom', 'said_custom')}
  FROM lead_import_leads il JOIN lead_imports i ON i.id = il.import_id JOIN leads l ON l.id = il.lead_id, lead_imports oi
  WHERE il.import_id = ${importId}::uuid AND il.lead_id = ANY(${[...leadIds]}::uuid[])
    AND o.lead_id = il.lead_id AND o.import_id <> il.import_id AND oi.id = o.import_id AND ${stillHolds}`

/**
 * Of leads that imports have added and nobody has changed since: what another import has just written is no change of anybody's
 * either.
 */
export const keepUnchanged = (tx: Tx, { written, at }: { written: readonly WrittenLead[]; at: Date }) =>
  execute(tx)`
  UPDATE lead_import_leads o SET lead_as_of = ${at}
  FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb) AS w(id uuid, was timestamptz) JOIN leads l ON l.id = w.id
  WHERE o.lead_id = w.id AND o.added AND COALESCE(o.lead_as_of, l.created_at) = w.was`
