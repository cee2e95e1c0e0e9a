import { execute, queryOne, type Sql } from '@/db/sql'

/** Adds an email that was refused for its content; returns how many different ones were, since the last that was sent. */
export const countTemplateFailure = (sql: Sql, campaignId: string, emailId: string) =>
  queryOne<{ inARow: number }>(sql)`
  UPDATE campaigns SET refused_in_a_row = array_append(array_remove(refused_in_a_row, ${emailId}::uuid), ${emailId}::uuid)
  WHERE id = ${campaignId}::uuid
  RETURNING cardinality(refused_in_a_row) AS "inARow"`

/** An email was accepted, or the campaign paused for those that were not: counting starts anew. */
export const resetTemplateFailures = (sql: Sql, campaignId: string) =>
  execute(sql)`
  UPDATE campaigns SET refused_in_a_row = '{}' WHERE id = ${campaignId}::uuid AND refused_in_a_row <> '{}'`
