import type { Clock } from '@/clock'
import type { Logger } from '@/log'

/**
 * Repeats `work` until it succeeds or `forMs` of real time are over, then throws its last error: the reply of a server
 * outside exists only in this process until it is recorded, and a database that is away comes back. An error that is
 * not transient is thrown at once.
 */
export async function retryUntilDeadline<T>(
  { clock, log }: { clock: Clock; log: Logger },
  { forMs, isTransient = () => true }: { forMs: number; isTransient?: (error: unknown) => boolean },
  work: () => Promise<T>,
): Promise<T> {
  const endBy = clock.realNow().getTime() + forMs
  for (let delay = 100; ; delay = Math.min(5_000, delay * 2)) {
    try {
      return await work()
    } catch (error) {
      if (clock.realNow().getTime() > endBy || !isTransient(error)) throw error
      log.warn({ err: error }, 'results could not be recorded yet')
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}
