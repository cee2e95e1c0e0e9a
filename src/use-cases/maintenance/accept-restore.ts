import { acceptOpenRestores, selectOpenRestore } from '@/db/queries/maintenance/pause-restored'
import type { Deps } from '@/deps'

/** The restore after which nobody has looked yet at what is missing; null without one. */
export const getOpenRestore = ({ sql }: Pick<Deps, 'sql'>): Promise<{ takenAt: Date; restoredAt: Date } | null> =>
  selectOpenRestore(sql)

/** A person has looked: held emails are resolved by the setting again. Nothing happens where somebody was faster. */
export async function acceptRestore(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { by }: { by: string },
): Promise<void> {
  const accepted = await acceptOpenRestores(sql, { by, at: clock.realNow() })
  if (accepted > 0) log.info({ by }, 'restore accepted')
}
