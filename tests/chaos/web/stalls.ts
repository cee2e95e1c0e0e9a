import { openSync, readSync } from 'node:fs'

/** The longest time, in milliseconds, between two turns of an event loop. */
export type Stall = {
  /** Time on a processor, of the loop's own thread: what it computed in one go, however busy the machine is. */
  workedMs: number
  /** With what it waited for itself: pages of memory from the disk, its garbage collector's other threads. */
  heldMs: number
  /** On the clock: with the time in which other processes had the processors. */
  stoodMs: number
}

// A turn is due every so many milliseconds, which is no stall.
const EVERY_MS = 5
// "nanoseconds on a processor, nanoseconds of waiting for one, time slices", of the main thread.
const SCHEDULE = '/proc/self/schedstat'
const NONE: Stall = { workedMs: 0, heldMs: 0, stoodMs: 0 }

/** Watches this process's event loop; `longest` says what was longest since it was asked last. */
export function watchStalls(): { longest(): Stall } {
  const waitedMs = waitingForProcessor()
  const readTimes = () => ({ at: performance.now(), worked: workedMs(), waited: waitedMs() })
  let longest = NONE
  let last = readTimes()
  const turn = () => {
    const now = readTimes()
    const stoodMs = Math.max(0, now.at - last.at - EVERY_MS)
    const heldMs = Math.max(0, stoodMs - (now.waited - last.waited))
    longest = {
      workedMs: Math.max(longest.workedMs, Math.min(stoodMs, now.worked - last.worked)),
      heldMs: Math.max(longest.heldMs, heldMs),
      stoodMs: Math.max(longest.stoodMs, stoodMs),
    }
    last = now
  }
  setInterval(turn, EVERY_MS).unref()
  return {
    longest: () => {
      turn()
      const found = longest
      longest = NONE
      return found
    },
  }
}

function workedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** How long the main thread has waited for a processor so far, in milliseconds; always 0 where the system does not say. */
function waitingForProcessor(): () => number {
  const buffer = Buffer.alloc(100)
  try {
    const file = openSync(SCHEDULE, 'r')
    return () => Number(buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0)).split(' ')[1]) / 1e6
  } catch {
    return () => 0
  }
}
