import type { PoolConfig } from 'pg'
import { type Watch, WatchedPool } from './watched-pool'

/**
 * Connections to a pooler that lends a session for one transaction: what a session was told does not last. Each statement brings
 * its settings along, in a transaction of its own.
 */
export class TransactionPool extends WatchedPool {
  readonly begin: string

  constructor(config: PoolConfig, watch: Watch | null, localSettings: string) {
    super(config, watch)
    this.begin = `BEGIN; ${localSettings}`
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; all of them pass through unchanged.
  override async query(...args: any[]): Promise<any> {
    const client = await this.connect()
    try {
      await client.query(this.begin)
      // biome-ignore lint/suspicious/noExplicitAny: see above
      const result = await (client.query as any)(...args)
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (failure: Error) => client.release(failure),
      )
      throw error
    }
  }
}
