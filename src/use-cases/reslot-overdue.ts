import { reslotLongOverdue } from '@/db/queries/shift-overdue'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'

/**
 * After downtime: leads whose earliest mail is overdue by more than a day get all their remaining mails moved, as at a
 * resume, so that the gaps between their steps hold.
 */
export async function reslotOverdue({ pool, clock, log }: Deps): Promise<void> {
  const [row] = await queryRows<{ mails: number }>(pool, reslotLongOverdue(clock.now()))
  if (row && row.mails > 0) log.info({ mails: row.mails }, 'overdue mails moved')
}
