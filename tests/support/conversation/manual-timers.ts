import type { Timers } from '@/use-cases/conversations/listener'

/** Timers that run when the test says so. */
export function createManualTimers() {
  const planned = new Set<{ ms: number; work: () => void }>()
  const timers: Timers = {
    after: (ms, work) => {
      const timer = { ms, work }
      planned.add(timer)
      return () => void planned.delete(timer)
    },
  }
  return {
    timers,
    /** How long those that are planned wait, in order. */
    waits: () => [...planned].map(({ ms }) => ms).sort((a, b) => a - b),
    /** Runs those that are planned and wait at least `least`, at most `most` milliseconds. */
    run: (least = 0, most = Number.POSITIVE_INFINITY) => {
      const due = [...planned].filter(({ ms }) => ms >= least && ms <= most)
      for (const timer of due) planned.delete(timer)
      for (const { work } of due) work()
      return due.length
    },
  }
}
