import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'

// Columns of one table.
const FIELDS_AT_MOST = 500
// Looked through without an index, whatever the number of all leads.
const NEWEST = 10_000

/** Leads whose custom fields are asked for: those of a batch, these alone (at most 10,000), or all. */
export type LeadsOfFields = { batchId?: string | undefined; ids?: readonly string[] | undefined }

/** Names of the custom fields of the newest 10,000 of these leads, by name; at most 500. */
export const selectCustomFields = (sql: Sql, of: LeadsOfFields = {}) =>
  query<{ name: string }>(sql)`
  SELECT DISTINCT name FROM (
    SELECT jsonb_object_keys(CASE jsonb_typeof(l.custom_fields) WHEN 'object' THEN l.custom_fields ELSE '{}' END) AS name
    FROM (${newest(of)}) l) fields
  ORDER BY 1 LIMIT ${FIELDS_AT_MOST}`

function newest({ batchId, ids }: LeadsOfFields): Prisma.Sql {
  if (ids) return Prisma.sql`SELECT custom_fields FROM leads WHERE id = ANY(${[...ids]}::uuid[])`
  if (!batchId) return Prisma.sql`SELECT custom_fields FROM leads ORDER BY id DESC LIMIT ${NEWEST}`
  return Prisma.sql`
    SELECT custom_fields FROM leads WHERE id IN (
      SELECT lead_id FROM batch_leads WHERE batch_id = ${batchId}::uuid ORDER BY lead_id DESC LIMIT ${NEWEST})`
}
