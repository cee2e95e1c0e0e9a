import { queryOne, type Sql } from '@/db/sql'

/** The time of the database. */
export const selectDatabaseTime = (sql: Sql) => queryOne<{ now: Date }>(sql)`SELECT clock_timestamp() AS now`
