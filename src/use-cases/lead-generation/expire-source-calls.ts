import { expireCalls } from '@/db/queries/lead-generation/begin-next-call'
import type { Deps } from '@/deps'

/** Settles calls whose worker is gone: free ones wait again, paid ones are in doubt. */
export async function expireSourceCalls({ sql, clock, log }: Deps): Promise<void> {
  const row = await expireCalls(sql, clock.realNow())
  if (row && row.calls > 0)
    log.warn({ calls: row.calls, inDoubt: row.inDoubt }, 'calls of a worker that is gone settled')
}
