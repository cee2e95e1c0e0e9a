import { reslotLongOverdue } from '@/db/queries/shift-overdue'
import type { Deps } from '@/deps'

/**
 * After downtime: leads whose earliest mail is overdue by more than a day get all their remaining mails moved, as at a
 * resume, so that the gaps between their steps hold.
 */
export async function reslotOverdue({ sql, clock, log }: Deps): Promise<void> {
  const mails = await reslotLongOverdue(sql, clock.now())
  if (mails > 0) log.info({ mails }, 'overdue mails moved')
}
