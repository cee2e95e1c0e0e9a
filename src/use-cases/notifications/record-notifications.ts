import { selectPeopleToEmail } from '@/db/queries/notifications/notification-emails'
import {
  endStates,
  recordBouncingMailboxes,
  recordEndedCampaigns,
  recordFailedBackups,
  recordReplies,
  recordStoppedMailboxes,
} from '@/db/queries/notifications/record-notifications'
import type { Deps } from '@/deps'
import { BETWEEN_EMAILS_MS, LOOK_BACK_MS, OLDEST_REPLY_MS } from '@/domain/notification/kinds'

type Looking = Pick<Deps, 'sql' | 'clock' | 'queue' | 'log'>

/**
 * Looks for what people are told of, writes a row for each person and occurrence, once, and enqueues an email for everybody who
 * wants one and has had none for a while. A look that is missed or fails is made up for by the next, and keeps no other from being made.
 */
export async function recordNotifications(deps: Looking): Promise<void> {
  for (const look of [lookForReplies, lookForEnds, lookForStates, enqueueEmails])
    await look(deps).catch((error: unknown) => deps.log.error({ err: error, look: look.name }, 'a look failed'))
}

const lookBack = (now: Date) => new Date(now.getTime() - LOOK_BACK_MS)

async function lookForReplies({ sql, clock }: Looking): Promise<void> {
  const now = clock.now()
  // Servers stamp what they receive in real time; the sandbox in the time that is simulated.
  const receivedSince = new Date(Math.min(now.getTime(), clock.realNow().getTime()) - OLDEST_REPLY_MS)
  await recordReplies(sql, { now, readSince: lookBack(now), receivedSince })
}

async function lookForEnds({ sql, clock }: Looking): Promise<void> {
  const now = clock.now()
  await recordEndedCampaigns(sql, { now, since: lookBack(now) })
}

async function lookForStates({ sql, clock }: Looking): Promise<void> {
  const now = clock.now()
  await endStates(sql, now)
  await recordStoppedMailboxes(sql, now)
  await recordBouncingMailboxes(sql, now)
  await recordFailedBackups(sql, now)
}

async function enqueueEmails({ sql, clock, queue }: Looking): Promise<void> {
  for (const { userId } of await selectPeopleToEmail(sql, new Date(clock.realNow().getTime() - BETWEEN_EMAILS_MS)))
    await queue.enqueueNotificationEmail(userId)
}
