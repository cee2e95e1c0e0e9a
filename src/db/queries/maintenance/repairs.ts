import { executeIf, queryOne, type Sql } from '@/db/sql'

/** How far a repair of rows of before has come. `place`: the last id that was looked at. */
export type Repair = { place: string; endedAt: Date | null }

/** The repair of this name; null until it has begun. */
export const selectRepair = (sql: Sql, name: string) =>
  queryOne<Repair>(sql)`SELECT place, ended_at AS "endedAt" FROM repairs WHERE name = ${name}`

/** Notes how far it has come since it stood at `from`, or was not begun; false where somebody else has moved it. */
export const moveRepairIf = (sql: Sql, { name, from, place, endedAt }: { name: string; from: string } & Repair) =>
  executeIf(sql)`
  INSERT INTO repairs AS r (name, place, ended_at) VALUES (${name}, ${place}::uuid, ${endedAt})
  ON CONFLICT (name) DO UPDATE SET place = EXCLUDED.place, ended_at = EXCLUDED.ended_at
  WHERE r.place = ${from}::uuid AND r.ended_at IS NULL`
