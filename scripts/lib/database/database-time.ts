import { selectDatabaseTime } from '../../../src/db/queries/maintenance/select-database-time'
import type { Sql } from '../../../src/db/sql'
import { Problem } from '../problem'

/** Real time as the database has it: this machine's clock may be another one than that by which emails left. */
export async function databaseTime(sql: Sql): Promise<Date> {
  const row = await selectDatabaseTime(sql)
  if (!row) throw new Problem('The database did not say its time. Nothing was changed.')
  return row.now
}
