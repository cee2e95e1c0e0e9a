import { clearSourceFields as clearFields } from '@/db/queries/lead-sources/clear-source-fields'
import type { Deps } from '@/deps'
import { DAY_MS } from '@/domain/time/duration'
import { retentionDays } from './list-lead-sources'

/** Clears from leads the fields that Google's terms of service do not allow to keep, after the days that are set. */
export async function clearSourceFields({
  db,
  sql,
  clock,
  log,
}: Pick<Deps, 'db' | 'sql' | 'clock' | 'log'>): Promise<number> {
  const source = 'google_places'
  const row = await db.leadSource.findUnique({ where: { source }, select: { settings: true } })
  const days = retentionDays(source, row?.settings)
  if (days === null) return 0
  const at = clock.now()
  const cleared = await clearFields(sql, { source, fetchedUntil: new Date(at.getTime() - days * DAY_MS), at })
  if (cleared > 0) log.info({ source, leads: cleared, days }, 'what the source lets nobody keep was cleared')
  return cleared
}
