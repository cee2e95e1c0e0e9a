/** A time that was told, with the milliseconds of a clock that never jumps at that moment. */
export type ClockSample = { toldMs: number; steadyMs: number }

/** What a clock goes by: the last sample that is believed, and one that has disagreed with it. */
export type ClockState = { believed: ClockSample; suspect: ClockSample | null }

// Less is drift, a slow answer, or a leap second.
const JUMP_MS = 60_000
// Two samples that are seconds apart cannot disagree by more and still tell the same time.
const AGREEMENT_MS = 5_000

/** How far `sample` is ahead of what `earlier` lets expect, in milliseconds; negative when it is behind. */
const aheadOf = (earlier: ClockSample, sample: ClockSample): number =>
  sample.toldMs - (earlier.toldMs + sample.steadyMs - earlier.steadyMs)

/**
 * Takes a sample in. One that is more than a minute off is believed only when a second one agrees with it; until then time goes
 * on as before. `jumpMs`: by how much time has jumped, once that is believed; null else.
 */
export function takeSample(
  { believed, suspect }: ClockState,
  sample: ClockSample,
): ClockState & { jumpMs: number | null } {
  const jumpMs = aheadOf(believed, sample)
  if (Math.abs(jumpMs) <= JUMP_MS) return { believed: sample, suspect: null, jumpMs: null }
  if (suspect && Math.abs(aheadOf(suspect, sample)) <= AGREEMENT_MS) return { believed: sample, suspect: null, jumpMs }
  return { believed, suspect: sample, jumpMs: null }
}

export type ClockNotice =
  /** Two samples agree that the time is another one. `at`: the time since. */
  | { kind: 'jumped'; at: Date; byMs: number }
  /** Another simulated time was asked for than the one that this database has. */
  | { kind: 'simulation_kept'; now: Date; speed: number }
  /** What is stored is later than now; `wasSimulated`: it comes from simulated time, and time is real now. */
  | { kind: 'behind'; now: Date; stored: Date; wasSimulated: boolean }

/** Whether what is stored is so much later than now that it must be said. */
export const isBehind = (now: Date, stored: Date): boolean => stored.getTime() - now.getTime() > JUMP_MS

/** What is to be known about the clock, in words: the fact, then what follows. */
export function clockWords(notice: ClockNotice): string {
  switch (notice.kind) {
    case 'jumped': {
      const way = notice.byMs > 0 ? 'ahead' : 'back'
      return `The clock jumped ${spanWords(notice.byMs)} ${way}, to ${notice.at.toISOString()}. Emails leave by the new time.`
    }
    case 'simulation_kept':
      return (
        `CLOCK_START and CLOCK_SPEED are not used: this database has a simulated clock already, which showed ${notice.now.toISOString()} ` +
        `at the start and runs ${notice.speed} times as fast. For another time, start with another database.`
      )
    case 'behind': {
      const why = notice.wasSimulated
        ? 'It was used with simulated time, and CLOCK_START is not set now: set it to go on with that.'
        : 'Check the clock of the machine that the database runs on.'
      const fact = `At the start the clock showed ${notice.now.toISOString()}, ${spanWords(notice.stored.getTime() - notice.now.getTime())} before the last entry of this database.`
      return `${fact} ${why}`
    }
  }
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
] as const

/** "3 days", "2 hours", "5 minutes": in the largest unit of which there are two. */
function spanWords(ms: number): string {
  const span = Math.abs(ms)
  const [unit, size] = UNITS.find(([, length]) => span >= 2 * length) ?? ['minute', 60_000]
  const amount = Math.round(span / size)
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
