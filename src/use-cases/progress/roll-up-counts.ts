import { rollUpLeadCounts } from '@/db/queries/leads/lead-counts'
import { rollUpCountChanges } from '@/db/queries/progress/roll-up-counts'
import type { Deps } from '@/deps'

// A minute of the fastest sending makes some tens of thousands.
const AT_ONCE = 100_000

/** Sums up the changes of the counts of emails and leads that were noted since the last tick, so that reading them stays cheap. */
export async function rollUpCounts({ sql }: Pick<Deps, 'sql'>): Promise<void> {
  await rollUpCountChanges(sql, AT_ONCE)
  await rollUpLeadCounts(sql, AT_ONCE)
}
