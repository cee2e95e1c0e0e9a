import { settleLapsedCalls } from '@/db/queries/ask-next-call'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'

/** Settles calls whose worker is gone: free ones wait again, paid ones are in doubt. */
export async function settleLapsed({ pool, clock, log }: Deps): Promise<void> {
  const [row] = await queryRows<{ calls: number; inDoubt: number }>(pool, settleLapsedCalls(clock.realNow()))
  if (row && row.calls > 0)
    log.warn({ calls: row.calls, inDoubt: row.inDoubt }, 'calls of a worker that is gone settled')
}
