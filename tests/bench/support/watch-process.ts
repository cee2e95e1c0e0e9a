import { monitorEventLoopDelay } from 'node:perf_hooks'

const SAMPLE_MS = 5
const MIB = 1024 * 1024

/** Watches this process while it works: how long anything else in it has to wait at most, and what memory it takes. */
export function watchProcess() {
  let longest = 0
  let added = 1
  return {
    async during<T>(work: () => Promise<T>): Promise<T> {
      const delay = monitorEventLoopDelay({ resolution: SAMPLE_MS })
      const before = process.memoryUsage().rss
      const sample = () => {
        added = Math.max(added, (process.memoryUsage().rss - before) / MIB)
      }
      const timer = setInterval(sample, SAMPLE_MS * 10)
      delay.enable()
      try {
        return await work()
      } finally {
        delay.disable()
        clearInterval(timer)
        sample()
        longest = Math.max(longest, delay.max / 1e6)
      }
    },
    /** Milliseconds. */
    longestWait: () => longest,
    /** MiB, 1 at least. */
    addedMemory: () => added,
  }
}
