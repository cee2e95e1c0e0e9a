import { execute, query, type Sql, type Tx } from '@/db/sql'
import type { NotificationChoice } from '@/domain/notification/kinds'

/** What a person has chosen; a kind that is missing stands at its default. */
export const selectNotificationChoices = (sql: Sql, userId: string) =>
  query<NotificationChoice>(sql)`
  SELECT kind, in_app AS "inApp", by_email AS "byEmail" FROM notification_choices WHERE user_id = ${userId}`

/** Stores a choice. What is due by email and not wanted any more goes to nobody. */
export async function storeNotificationChoice(tx: Tx, userId: string, { kind, inApp, byEmail }: NotificationChoice) {
  await execute(tx)`
  INSERT INTO notification_choices (user_id, kind, in_app, by_email) VALUES (${userId}, ${kind}, ${inApp}, ${byEmail})
  ON CONFLICT (user_id, kind) DO UPDATE SET in_app = excluded.in_app, by_email = excluded.by_email`
  if (byEmail) return
  await execute(tx)`
  UPDATE notifications SET email = 'none' WHERE user_id = ${userId} AND kind = ${kind} AND email = 'due'`
}
