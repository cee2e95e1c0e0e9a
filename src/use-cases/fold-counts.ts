import { foldCounts } from '@/db/queries/fold-counts'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'

// A minute of the fastest sending makes some tens of thousands.
const AT_ONCE = 100_000

/** Sums up the changes of mail counts that were noted since the last tick, so that reading them stays cheap. */
export async function foldMailCounts({ pool }: Pick<Deps, 'pool'>): Promise<void> {
  await queryRows(pool, foldCounts(AT_ONCE))
}
