import { Prisma } from '../generated/client'

/**
 * Fragment: true when the planned mail `se` stands among the first mails of its queue, or among the follow-ups. The same
 * expression as in the index idx_scheduled_emails_due. (A comparison with true or false would not do: the planner
 * turns "(x = 1) = false" into "x <> 1", finds no such index, and reads the whole table.)
 */
export const isFirstMail = (first: boolean) => Prisma.sql`LEAST(se.workflow_step_number, 2) = ${first ? 1 : 2}`
