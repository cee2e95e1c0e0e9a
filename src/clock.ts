import { claimSimulatedClock } from '@/db/queries/maintenance/claim-simulated-clock'
import { selectDatabaseTime } from '@/db/queries/maintenance/select-database-time'
import { selectStoredTime } from './db/queries/maintenance/select-stored-time'
import type { Sql } from './db/sql'
import { type ClockNotice, type ClockSample, type ClockState, isBehind, takeSample } from './domain/time/clock-samples'

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
  /** What is to be known about it: how it began, and its last jump. */
  notices?(): readonly ClockNotice[]
  stop(): void
}

export type Simulation = { startsAt: Date; speed: number }

// Drift between two machines' oscillators is far below a second in this time.
const SAMPLE_EVERY_MS = 30_000
// So soon a second one tells whether a jump is true.
const SAMPLE_AGAIN_MS = 2_000
const LONGEST_SAMPLE_MS = 1_000

/**
 * Samples the database's time now and every 30 s. A jump by more than a minute, against the process's own steady clock, is
 * believed when a second sample agrees. With `simulation`, the first process to sample fixes where simulated time begins;
 * all others on the same database share it. `tell` hears what is to be known.
 */
export async function createClock(
  sql: Sql,
  simulation?: Simulation,
  tell: (notice: ClockNotice) => void = () => undefined,
): Promise<Clock> {
  let state: ClockState = { believed: await sampleDatabaseTime(sql, true), suspect: null }
  const realMs = () => state.believed.toldMs + (performance.now() - state.believed.steadyMs)
  const time = simulation ? await shareSimulation(sql, simulation, realMs) : null
  const now = () => new Date(time ? time.at(realMs()) : realMs())
  const notices = await noticesAtStart(sql, now(), time)
  for (const notice of notices) tell(notice)
  let lastJump: ClockNotice | null = null

  let timer: NodeJS.Timeout
  const sampleAfter = (ms: number) => {
    timer = setTimeout(() => {
      sampleDatabaseTime(sql).then(take, () => {
        if (!stopped) sampleAfter(SAMPLE_EVERY_MS)
      })
    }, ms)
    timer.unref()
  }
  // The last sample stays good while the database is away; use of the database will fail by itself.
  const take = (sample: ClockSample) => {
    const { jumpMs, ...next } = takeSample(state, sample)
    state = next
    if (jumpMs !== null) {
      lastJump = { kind: 'jumped', at: now(), byMs: jumpMs }
      tell(lastJump)
    }
    if (!stopped) sampleAfter(state.suspect ? SAMPLE_AGAIN_MS : SAMPLE_EVERY_MS)
  }
  let stopped = false
  sampleAfter(SAMPLE_EVERY_MS)
  return {
    now,
    realNow: () => new Date(realMs()),
    speed: time?.speed ?? 1,
    simulated: time !== null,
    notices: () => (lastJump ? [...notices, lastJump] : notices),
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}

type SharedSimulation = { speed: number; kept: boolean; at(realMs: number): number }

/** The simulated time of this database: as asked for by the first, `kept` when that was another one. */
async function shareSimulation(sql: Sql, asked: Simulation, realMs: () => number): Promise<SharedSimulation> {
  const row = await claimSimulatedClock(sql, { realOrigin: new Date(realMs()), ...asked })
  if (!row) throw new Error('The simulated clock row is missing')
  const { real_origin: origin, starts_at: startsAt, speed } = row
  return {
    speed,
    kept: startsAt.getTime() !== asked.startsAt.getTime() || speed !== asked.speed,
    at: (ms) => startsAt.getTime() + (ms - origin.getTime()) * speed,
  }
}

async function noticesAtStart(sql: Sql, now: Date, time: SharedSimulation | null): Promise<ClockNotice[]> {
  const stored = await selectStoredTime(sql)
  const kept: ClockNotice[] = time?.kept ? [{ kind: 'simulation_kept', now, speed: time.speed }] : []
  if (!stored?.latest || !isBehind(now, stored.latest)) return kept
  return [...kept, { kind: 'behind', now, stored: stored.latest, wasSimulated: stored.simulated && time === null }]
}

async function sampleDatabaseTime(sql: Sql, first = false): Promise<ClockSample> {
  const before = performance.now()
  const row = await selectDatabaseTime(sql)
  const after = performance.now()
  // Frozen or starved in between, this process cannot know when the sample was true.
  if (after - before > LONGEST_SAMPLE_MS && !first) throw new Error('The database took too long to tell its time')
  if (!row) throw new Error('The database did not tell its time')
  // The sample was true somewhere between the two readings; the middle halves the error.
  return { toldMs: row.now.getTime(), steadyMs: (before + after) / 2 }
}
