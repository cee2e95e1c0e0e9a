import { execute, query, type Sql } from '@/db/sql'

/** Members with something to be emailed who got no email about notifications since. */
export const selectPeopleToEmail = (sql: Sql, emailedSince: Date) =>
  query<{ userId: string }>(sql)`
  SELECT DISTINCT n.user_id AS "userId" FROM notifications n JOIN users u ON u.id = n.user_id AND u.removed_at IS NULL
  WHERE n.email = 'due'
    AND NOT EXISTS (SELECT 1 FROM notifications e WHERE e.user_id = n.user_id AND e.emailed_at > ${emailedSince})`

/**
 * Marks what is to be emailed to a member as begun, before anything goes out, and returns it: of two jobs one gets it, and what was
 * begun is never begun again.
 */
export const claimNotificationEmail = (sql: Sql, { userId, at }: { userId: string; at: Date }) =>
  query<{ id: string; address: string }>(sql)`
  UPDATE notifications n SET email = 'sending', emailed_at = ${at}
  FROM users u
  WHERE n.user_id = ${userId} AND n.email = 'due' AND u.id = n.user_id AND u.removed_at IS NULL
  RETURNING n.id, u.email AS address`

/** Writes down what became of the email about these; `failure`: why it did not go. */
export const recordNotificationEmail = (
  sql: Sql,
  { ids, failure }: { ids: readonly string[]; failure: string | null },
) =>
  execute(sql)`
  UPDATE notifications SET email = ${failure === null ? 'sent' : 'not_sent'}, email_failure = ${failure}
  WHERE id = ANY(${[...ids]}::uuid[]) AND email = 'sending'`
