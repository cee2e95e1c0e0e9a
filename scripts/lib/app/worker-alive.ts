import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

const PATIENCE_MS = 20_000

/**
 * Waits until a worker has reported itself, so that the first answer of `/api/health` already is the whole truth. A
 * worker that takes longer is not waited for: the health check goes on to report it as missing.
 */
export async function untilWorkerReports(databaseUrl: string, abort?: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until && !abort?.aborted; await sleep(100)) {
      const { rows } = await client.query(
        "SELECT 1 FROM worker_heartbeats WHERE seen_at > clock_timestamp() - interval '10 seconds' LIMIT 1",
      )
      if (rows.length > 0) return
    }
  } finally {
    await client.end()
  }
}
