import { selectPeopleToEmail } from '@/db/queries/notifications/notification-emails'
import {
  endStates,
  recordBouncingMailboxes,
  recordEndedCampaigns,
  recordReplies,
  recordStoppedMailboxes,
} from '@/db/queries/notifications/record-notifications'
import type { Deps } from '@/deps'
import { BETWEEN_EMAILS_MS, LOOK_BACK_MS } from '@/domain/notification/kinds'

/**
 * Looks for what people are told of, writes a row for each person and occurrence, once, and enqueues an email for everybody who
 * wants one and has had none for a while. A look that is missed is made up for by the next.
 */
export async function recordNotifications({ sql, clock, queue }: Pick<Deps, 'sql' | 'clock' | 'queue'>): Promise<void> {
  const now = clock.now()
  const realNow = clock.realNow()
  // Servers stamp what they receive in real time; the sandbox in the time that is simulated.
  const receivedSince = new Date(Math.min(now.getTime(), realNow.getTime()) - LOOK_BACK_MS)
  await endStates(sql, now)
  await recordReplies(sql, receivedSince)
  await recordEndedCampaigns(sql, new Date(now.getTime() - LOOK_BACK_MS))
  await recordStoppedMailboxes(sql, now)
  await recordBouncingMailboxes(sql, now)
  for (const { userId } of await selectPeopleToEmail(sql, new Date(realNow.getTime() - BETWEEN_EMAILS_MS)))
    await queue.enqueueNotificationEmail(userId)
}
