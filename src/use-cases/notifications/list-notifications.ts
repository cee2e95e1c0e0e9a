import { countUnread, selectNotifications } from '@/db/queries/notifications/select-notifications'
import type { Deps } from '@/deps'
import type { NotificationEmail, NotificationKind } from '@/domain/notification/kinds'
import { type NotificationWords, notificationWords } from '@/domain/notification/words'
import { type About, aboutOf, factsOf } from './notification-facts'

const PAGE_SIZE = 50

export type ListedNotification = NotificationWords & {
  id: string
  kind: NotificationKind
  at: Date
  isRead: boolean
  /** Of a state: whether it is over. */
  isOver: boolean
  email: NotificationEmail
  emailFailure: string | null
  about: About
}

/** Fifty notifications of a person, the newest first; `next`: the id before which the following ones stand, null at the end. */
export async function listNotifications(
  { sql }: Pick<Deps, 'sql'>,
  { userId, before }: { userId: string; before?: string | undefined },
): Promise<{ rows: ListedNotification[]; next: string | null }> {
  const found = await selectNotifications(sql, { userId, before: before ?? null, limit: PAGE_SIZE + 1 })
  const rows = found.slice(0, PAGE_SIZE).map((row) => ({
    ...notificationWords(factsOf(row)),
    id: row.id,
    kind: row.kind,
    at: row.at,
    isRead: row.readAt !== null,
    isOver: row.overAt !== null,
    email: row.email,
    emailFailure: row.emailFailure,
    about: aboutOf(row),
  }))
  return { rows, next: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null }
}

/** How many notifications a person has not read; at most a hundred are counted. */
export const countUnreadNotifications = ({ sql }: Pick<Deps, 'sql'>, { userId }: { userId: string }) =>
  countUnread(sql, userId)
