import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, type Sql } from '@/db/sql'
import { LEAD_DETAILS, type LeadDraft } from '@/domain/lead/fields'
import { leadRecords } from './lead-records'

// Names of the model, never of a file.
const assignments = Prisma.raw(
  LEAD_DETAILS.map((field) => `${columnOf(field)} = COALESCE(NULLIF(l.${columnOf(field)}, ''), r."${field}")`).join(
    ', ',
  ),
)
const fillsSomething = Prisma.raw(
  LEAD_DETAILS.map((field) => `(COALESCE(l.${columnOf(field)}, '') = '' AND r."${field}" IS NOT NULL)`).join(' OR '),
)

/**
 * Fills empty fields of existing leads; never overwrites. Only leads that gain something are written, locked in the
 * order of their ids, so that two writers of many leads meet in the same order.
 */
export const fillLeads = (sql: Sql, leads: readonly LeadDraft[], at: Date) =>
  execute(sql)`
  WITH gaining AS MATERIALIZED (
    SELECT l.id, r.*
    FROM ${leadRecords(leads)} JOIN leads l ON l.email = r.email
    WHERE ${fillsSomething} OR (r."customFields" || l.custom_fields) <> l.custom_fields
    ORDER BY l.id FOR NO KEY UPDATE OF l
  )
  UPDATE leads l
  SET ${assignments}, custom_fields = r."customFields" || l.custom_fields, updated_at = ${at}
  FROM gaining r WHERE l.id = r.id
  RETURNING l.id`
