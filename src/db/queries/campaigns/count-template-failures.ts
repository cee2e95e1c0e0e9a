import { execute, queryOne, type Sql } from '@/db/sql'

/**
 * Adds an email that was refused for its content. Returns how many different ones were refused since the last that was
 * sent.
 */
export const countTemplateFailure = (sql: Sql, campaignId: string, emailId: string) =>
  queryOne<{ inARow: number }>(sql)`
  UPDATE campaigns SET refused_in_a_row = array_append(array_remove(refused_in_a_row, ${emailId}::uuid), ${emailId}::uuid)
  WHERE id = ${campaignId}::uuid
  RETURNING cardinality(refused_in_a_row) AS "inARow"`

/** Sets the count of refusals to zero: an email was accepted, or the campaign was paused for those that were not. */
export const resetTemplateFailures = (sql: Sql, campaignId: string) =>
  execute(sql)`
  UPDATE campaigns SET refused_in_a_row = '{}' WHERE id = ${campaignId}::uuid AND refused_in_a_row <> '{}'`
