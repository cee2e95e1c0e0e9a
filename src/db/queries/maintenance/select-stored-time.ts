import { queryOne, type Sql } from '@/db/sql'

/** The latest time at which anything happened to a campaign (null without any), and whether time was ever simulated. */
export const selectStoredTime = (sql: Sql) =>
  queryOne<{ latest: Date | null; simulated: boolean }>(sql)`
  SELECT (SELECT max(updated_at) FROM campaigns) AS latest, EXISTS (SELECT FROM simulated_clock) AS simulated`
