import { markRead, type ReadNotifications } from '@/db/queries/notifications/mark-read'
import { selectNotificationChoices, storeNotificationChoice } from '@/db/queries/notifications/notification-choices'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { choicesOf, type NotificationChoice } from '@/domain/notification/kinds'

/**
 * Marks one notification of a person as read (`id`), all up to the newest that they have seen (`upTo`), or those of a conversation up to
 * the latest message that they have seen of it (`seen`).
 */
export async function updateRead(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { userId, ...which }: { userId: string } & ReadNotifications,
): Promise<{ read: number }> {
  return { read: await markRead(sql, { userId, ...which, at: clock.now() }) }
}

/** What a person is told of, and how. */
export const getNotificationChoices = async (
  { sql }: Pick<Deps, 'sql'>,
  { userId }: { userId: string },
): Promise<NotificationChoice[]> => choicesOf(await selectNotificationChoices(sql, userId))

/** Stores how a person wants to be told of a kind, from now on. */
export async function updateNotificationChoice(
  { sql }: Pick<Deps, 'sql'>,
  { userId, ...choice }: NotificationChoice & { userId: string },
): Promise<NotificationChoice[]> {
  await transaction(sql, (tx) => storeNotificationChoice(tx, userId, choice))
  return getNotificationChoices({ sql }, { userId })
}
