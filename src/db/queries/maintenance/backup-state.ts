import { execute, queryOne, type Sql } from '@/db/sql'

/** When the last scheduled backup was made, and where; since when none can be made, when that was tried last, and why. Null: never. */
export type BackupState = {
  madeAt: Date | null
  place: string | null
  failedAt: Date | null
  triedAt: Date | null
  failure: string | null
}

/** How scheduled backups stand; null before the first. */
export const selectBackupState = (sql: Sql) =>
  queryOne<BackupState>(sql)`
  SELECT made_at AS "madeAt", place, failed_at AS "failedAt", tried_at AS "triedAt", failure FROM backup_states`

/** A backup was made, or is there: what kept others from being made is over. */
export const noteBackup = (sql: Sql, { madeAt, place }: { madeAt: Date; place: string }) =>
  execute(sql)`
  INSERT INTO backup_states AS b (id, made_at, place) VALUES (1, ${madeAt}, ${place})
  ON CONFLICT (id) DO UPDATE
  SET made_at = EXCLUDED.made_at, place = EXCLUDED.place, failed_at = NULL, tried_at = NULL, failure = NULL
  WHERE (b.made_at, b.place) IS DISTINCT FROM (EXCLUDED.made_at, EXCLUDED.place) OR b.failed_at IS NOT NULL`

/** None could be made; since when stays. */
export const noteBackupFailure = (sql: Sql, { triedAt, failure }: { triedAt: Date; failure: string }) =>
  execute(sql)`
  INSERT INTO backup_states AS b (id, failed_at, tried_at, failure) VALUES (1, ${triedAt}, ${triedAt}, ${failure})
  ON CONFLICT (id) DO UPDATE
  SET failed_at = COALESCE(b.failed_at, EXCLUDED.failed_at), tried_at = EXCLUDED.tried_at, failure = EXCLUDED.failure`
