import { Prisma } from '@/db/generated/client'
import { execute, query, type Sql } from '@/db/sql'

// Due, to a member who wants it by email as they have chosen by now (nobody gets one by default), and none went to them lately.
const isToGo = (emailedSince: Date) => Prisma.sql`
  n.email = 'due' AND u.id = n.user_id AND u.removed_at IS NULL
  AND EXISTS (SELECT 1 FROM notification_choices c WHERE c.user_id = n.user_id AND c.kind = n.kind AND c.by_email)
  AND NOT EXISTS (SELECT 1 FROM notifications e WHERE e.user_id = n.user_id AND e.emailed_at > ${emailedSince})`

/** Members with something to be emailed who got no email about notifications since. */
export const selectPeopleToEmail = (sql: Sql, emailedSince: Date) =>
  query<{ userId: string }>(sql)`
  SELECT DISTINCT n.user_id AS "userId" FROM notifications n JOIN users u ON ${isToGo(emailedSince)}`

/**
 * Marks what is to be emailed to a member as begun, before anything goes out, and returns it: of two jobs one gets it, and what was
 * begun is never begun again.
 */
export const claimNotificationEmail = (
  sql: Sql,
  { userId, emailedSince, at }: { userId: string; emailedSince: Date; at: Date },
) =>
  query<{ id: string; address: string }>(sql)`
  UPDATE notifications n SET email = 'sending', emailed_at = ${at}
  FROM users u WHERE n.user_id = ${userId} AND ${isToGo(emailedSince)}
  RETURNING n.id, u.email AS address`

/** Gives up what has been due since before `before`: a person who was not told by email sees it in the app, and why. */
export const giveUpNotificationEmails = (
  sql: Sql,
  { userId, before, failure }: { userId: string; before: Date; failure: string },
) =>
  execute(sql)`
  UPDATE notifications SET email = 'not_sent', email_failure = ${failure}, in_app = true
  WHERE user_id = ${userId} AND email = 'due' AND email_due_at < ${before}`

/** Writes down that the email about these went. */
export const recordSentEmail = (sql: Sql, ids: readonly string[]) =>
  execute(sql)`
  UPDATE notifications SET email = 'sent', email_failure = NULL WHERE id = ANY(${[...ids]}::uuid[]) AND email = 'sending'`

/** Puts back what is known not to have gone. */
export const putBackEmail = (sql: Sql, ids: readonly string[]) =>
  execute(sql)`
  UPDATE notifications SET email = 'due' WHERE id = ANY(${[...ids]}::uuid[]) AND email = 'sending'`
