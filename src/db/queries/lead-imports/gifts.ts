import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { LEAD_DETAILS } from '@/domain/lead/fields'

/**
 * Condition of a row `o` of `lead_import_leads` with its import `oi`: it still holds its lead. Of an import that is being rolled back the
 * leads up to its place are settled.
 */
export const stillHolds = Prisma.raw(
  `(oi.status <> 'rolled_back' AND (oi.rollback_place IS NULL OR o.lead_id > oi.rollback_place))`,
)

/** From- and where-clause: what other imports than that of `il` hold of its lead, as `o` and `oi`. */
export const heldByOthers = Prisma.sql`
  lead_import_leads o JOIN lead_imports oi ON oi.id = o.import_id
  WHERE o.lead_id = il.lead_id AND o.import_id <> il.import_id AND ${stillHolds}`

// Names of the model, never of a file.
const details = Prisma.raw(
  `jsonb_build_object(${LEAD_DETAILS.map((field) => `'${field}', l.${columnOf(field)}`).join(', ')})`,
)

/**
 * Rows `(kind, key, shared)`: what the import `i` gave to its lead `l` by its row `il` and is still there: values of fields, of custom
 * fields, and being in its batch. `shared`: another import brought the same.
 */
export const giftsThere = Prisma.sql`
  SELECT g.kind, g.key, EXISTS (
    SELECT 1 FROM ${heldByOthers} AND CASE g.kind
      WHEN 'field' THEN o.fields->g.key = g.value OR o.said->g.key = g.value
      WHEN 'custom' THEN o.custom->g.key = g.value OR o.said_custom->g.key = g.value
      ELSE oi.batch_id = i.batch_id END) AS shared
  FROM (
    SELECT 'field' AS kind, f.key, f.value FROM jsonb_each(il.fields) f WHERE ${details}->f.key = f.value
    UNION ALL
    SELECT 'custom', c.key, c.value FROM jsonb_each(il.custom) c WHERE l.custom_fields->c.key = c.value
    UNION ALL
    SELECT 'batch', NULL, NULL WHERE il.joined
      AND EXISTS (SELECT 1 FROM batch_leads bl WHERE bl.batch_id = i.batch_id AND bl.lead_id = il.lead_id)
  ) g`
