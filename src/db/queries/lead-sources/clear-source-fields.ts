import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, type Sql } from '@/db/sql'
import { LEAD_DETAILS } from '@/domain/lead/fields'

const assignments = Prisma.raw(
  LEAD_DETAILS.map(
    (field) => `${columnOf(field)} = CASE WHEN '${field}' = ANY(fields_to_clear) THEN NULL ELSE ${columnOf(field)} END`,
  ).join(', '),
)

/**
 * Clears fields that came from `source` at or before `fetchedUntil` and may not be kept. Origin and fetch time stay.
 */
export const clearSourceFields = (
  sql: Sql,
  {
    source,
    fetchedUntil,
    at,
  }: {
    source: string
    fetchedUntil: Date
    at: Date
  },
) =>
  execute(sql)`
  UPDATE leads SET ${assignments}, fields_to_clear = '{}', updated_at = ${at}
  WHERE source = ${source} AND source_fetched_at <= ${fetchedUntil} AND fields_to_clear <> '{}'
  RETURNING id`
