import { AsyncLocalStorage } from 'node:async_hooks'
import type { PoolClient } from 'pg'
import { DatabaseSilent, WatchedPool } from './watched-pool'

type Pin = { client: PoolClient; last: Promise<unknown> }

/** A pool in which a piece of work may have one connection for all that it asks, through whatever it asks. */
export class PinnedPool extends WatchedPool {
  private readonly pins = new AsyncLocalStorage<Pin>()

  /** Does `work` on a connection that it has for itself, where one comes in time. What has failed there serves nobody else. */
  async onOneConnection<T>(work: () => Promise<T>, patienceMs: number): Promise<T> {
    const client = await this.takeWithin(patienceMs)
    try {
      const result = await this.pins.run({ client, last: Promise.resolve() }, work)
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  private takeWithin(patienceMs: number): Promise<PoolClient> {
    const taking = this.connect()
    return new Promise((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => {
        late = true
        reject(new DatabaseSilent())
      }, patienceMs)
      taking.then((client) => (late ? client.release() : resolve(client)), reject).finally(() => clearTimeout(timer))
    })
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; those that give a promise pass through unchanged.
  override query(...args: any[]): any {
    const pin = this.pins.getStore()
    // biome-ignore lint/suspicious/noExplicitAny: see above
    if (!pin) return (super.query as any)(...args)
    // One after the other: a connection does no more at a time.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const asked = pin.last.then(() => (pin.client.query as any)(...args))
    pin.last = asked.catch(() => undefined)
    return asked
  }
}
