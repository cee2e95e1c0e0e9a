import { isDeadlock } from './errors'

const MOST_TRIES = 5

/** Does `work`, a transaction of its own, again where it and another one have waited for each other and PostgreSQL has ended it. */
export async function insistently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isDeadlock(error) || tries === MOST_TRIES) throw error
    }
  }
}
