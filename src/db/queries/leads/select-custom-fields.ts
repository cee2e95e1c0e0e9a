import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'

// Columns of one table.
const FIELDS_AT_MOST = 500

/** Names of the custom fields that leads have, of a batch where one is given, by name; at most 500. */
export const selectCustomFields = (sql: Sql, batchId?: string) =>
  query<{ name: string }>(sql)`
  SELECT DISTINCT f.name FROM leads l
  ${batchId ? Prisma.sql`JOIN batch_leads bl ON bl.lead_id = l.id AND bl.batch_id = ${batchId}::uuid` : Prisma.empty}
  CROSS JOIN LATERAL jsonb_object_keys(CASE jsonb_typeof(l.custom_fields) WHEN 'object' THEN l.custom_fields ELSE '{}' END) AS f(name)
  ORDER BY 1 LIMIT ${FIELDS_AT_MOST}`

// Looked through without an index, whatever the number of all leads.
const NEWEST = 10_000

/** Names of the custom fields of the newest 10,000 leads, by name; at most 500. */
export const selectNewestCustomFields = (sql: Sql) =>
  query<{ name: string }>(sql)`
  SELECT DISTINCT f.name FROM (SELECT custom_fields FROM leads ORDER BY id DESC LIMIT ${NEWEST}) l
  CROSS JOIN LATERAL jsonb_object_keys(CASE jsonb_typeof(l.custom_fields) WHEN 'object' THEN l.custom_fields ELSE '{}' END) AS f(name)
  ORDER BY 1 LIMIT ${FIELDS_AT_MOST}`
