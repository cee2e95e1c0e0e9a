import { claimSimulatedClock } from '@/db/queries/maintenance/claim-simulated-clock'
import { selectDatabaseTime } from '@/db/queries/maintenance/select-database-time'
import type { Sql } from './db/sql'

/**
 * The one clock. `now()` is campaign time, the argument of every rule. `realNow()` is for leases and heartbeats, which
 * must not run faster when time is simulated. Both come from the database, sampled, so that a machine whose own clock
 * is wrong changes nothing.
 */
export type Clock = {
  now(): Date
  realNow(): Date
  /** Simulated seconds per real second; 1 when time is real. */
  readonly speed: number
  readonly simulated: boolean
  stop(): void
}

export type Simulation = { startsAt: Date; speed: number }

// Drift between two machines' oscillators is far below a second in this time.
const SAMPLE_EVERY_MS = 30_000
const LONGEST_SAMPLE_MS = 1_000

/**
 * Samples the database's time now and every 30 s. With `simulation`, the first process to sample fixes where simulated
 * time begins; all others on the same database share it.
 */
export async function createClock(sql: Sql, simulation?: Simulation): Promise<Clock> {
  let sample = await sampleDatabaseTime(sql, true)
  const timer = setInterval(() => {
    sampleDatabaseTime(sql).then(
      (next) => {
        sample = next
      },
      // The last sample stays good while the database is away; use of the database will fail by itself.
      () => undefined,
    )
  }, SAMPLE_EVERY_MS)
  timer.unref()

  const realMs = () => sample.databaseMs + (performance.now() - sample.at)
  const stop = () => clearInterval(timer)
  if (!simulation) {
    return { now: () => new Date(realMs()), realNow: () => new Date(realMs()), speed: 1, simulated: false, stop }
  }
  const row = await claimSimulatedClock(sql, {
    realOrigin: new Date(realMs()),
    startsAt: simulation.startsAt,
    speed: simulation.speed,
  })
  if (!row) throw new Error('The simulated clock row is missing')
  const { real_origin: origin, starts_at: startsAt, speed } = row
  return {
    now: () => new Date(startsAt.getTime() + (realMs() - origin.getTime()) * speed),
    realNow: () => new Date(realMs()),
    speed,
    simulated: true,
    stop,
  }
}

async function sampleDatabaseTime(sql: Sql, first = false) {
  const before = performance.now()
  const row = await selectDatabaseTime(sql)
  const after = performance.now()
  // Frozen or starved in between, this process cannot know when the sample was true.
  if (after - before > LONGEST_SAMPLE_MS && !first) throw new Error('The database took too long to tell its time')
  if (!row) throw new Error('The database did not tell its time')
  // The sample was true somewhere between the two readings; the middle halves the error.
  return { databaseMs: row.now.getTime(), at: (before + after) / 2 }
}
