import { rescheduleLongOverdue } from '@/db/queries/delivery/shift-overdue'
import type { Deps } from '@/deps'

/**
 * Shifts, after downtime, all remaining emails of leads whose earliest one is overdue by more than a day, as at a resume, so
 * that the gaps between their steps hold.
 */
export async function rescheduleOverdue({ sql, clock, log }: Deps): Promise<void> {
  const emails = await rescheduleLongOverdue(sql, clock.now())
  if (emails > 0) log.info({ emails }, 'overdue emails rescheduled')
}
