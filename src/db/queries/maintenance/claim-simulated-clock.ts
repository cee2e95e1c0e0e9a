import { queryOne, type Sql } from '@/db/sql'

/** The simulated clock all processes share: inserted by the first, read by the rest. */
export const claimSimulatedClock = (sql: Sql, first: { realOrigin: Date; startsAt: Date; speed: number }) =>
  queryOne<{ real_origin: Date; starts_at: Date; speed: number }>(sql)`
  INSERT INTO simulated_clock AS c (id, real_origin, starts_at, speed)
  VALUES (1, ${first.realOrigin}, ${first.startsAt}, ${first.speed})
  ON CONFLICT (id) DO UPDATE SET id = c.id
  RETURNING real_origin, starts_at, speed`
