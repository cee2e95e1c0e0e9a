import type { Deps } from '@/deps'

/**
 * Does `work` again until it succeeds or `forMs` of real time are over: what a server outside has answered exists only in
 * this process until it is recorded, and a database that is away comes back.
 */
export async function persistently<T>(
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  { forMs, mayPass = () => true }: { forMs: number; mayPass?: (error: unknown) => boolean },
  work: () => Promise<T>,
): Promise<T> {
  const endBy = clock.realNow().getTime() + forMs
  for (let delay = 100; ; delay = Math.min(5_000, delay * 2)) {
    try {
      return await work()
    } catch (error) {
      if (clock.realNow().getTime() > endBy || !mayPass(error)) throw error
      log.warn({ err: error }, 'results could not be recorded yet')
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}
