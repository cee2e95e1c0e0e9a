import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
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

// All of the new ones or none: where they would be too much together, those that are there stay alone.
const filledCustom = Prisma.raw(
  `CASE WHEN custom_fields_fit(r."customFields" || l.custom_fields) THEN r."customFields" || l.custom_fields ELSE l.custom_fields END`,
)

// What each of them gains, so that it can be taken back.
const gainedFields = Prisma.raw(
  LEAD_DETAILS.map(
    (field) => `'${field}', CASE WHEN COALESCE(l.${columnOf(field)}, '') = '' THEN r."${field}" END`,
  ).join(', '),
)
const gainedCustom = Prisma.raw(
  `CASE WHEN custom_fields_fit(r."customFields" || l.custom_fields) THEN r."customFields" - ARRAY(SELECT jsonb_object_keys(l.custom_fields)) ELSE '{}'::jsonb END`,
)

/** A lead that gained values, by their names in the model and by the keys of its custom fields; null for none. */
export type FilledLead = {
  id: string
  /** Its `updated_at` of before. */
  was: Date
  fields: Record<string, string> | null
  custom: Record<string, string> | null
}

/**
 * Fills empty fields of existing leads; never overwrites. Only leads that gain something are written, locked in the
 * order of their ids, so that two writers of many leads meet in the same order. Returns what each of them gained.
 */
export const fillLeads = (sql: Sql, leads: readonly LeadDraft[], at: Date) =>
  query<FilledLead>(sql)`
  WITH gaining AS MATERIALIZED (
    SELECT l.id, r.*, jsonb_strip_nulls(jsonb_build_object(${gainedFields})) AS gained, ${gainedCustom} AS gained_custom
    FROM ${leadRecords(leads)} JOIN leads l ON l.email = r.email
    WHERE ${fillsSomething} OR ${filledCustom} <> l.custom_fields
    ORDER BY l.id FOR NO KEY UPDATE OF l
  )
  UPDATE leads l
  SET ${assignments}, custom_fields = ${filledCustom}, updated_at = ${at}
  FROM gaining r WHERE l.id = r.id
  RETURNING l.id, old.updated_at AS was, NULLIF(r.gained, '{}'::jsonb) AS fields, NULLIF(r.gained_custom, '{}'::jsonb) AS custom`
