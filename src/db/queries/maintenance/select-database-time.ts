import { queryOne, type Sql } from '@/db/sql'

/** What time it is at the database. */
export const selectDatabaseTime = (sql: Sql) => queryOne<{ now: Date }>(sql)`SELECT clock_timestamp() AS now`
