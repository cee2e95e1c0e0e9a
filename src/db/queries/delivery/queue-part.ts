import { Prisma } from '@/db/generated/client'

/**
 * Fragment: true when the planned email `se` is of this part of its queue: 1, first emails, or 2, follow-ups. The same
 * expression as in the index idx_scheduled_emails_due. (A comparison with true or false would not do: the planner turns
 * "(x = 1) = false" into "x <> 1", finds no such index, and reads the whole table.)
 */
export const isOfPart = (part: Prisma.Sql) => Prisma.sql`LEAST(se.workflow_step_number, 2) = ${part}`

/** Fragment: true when the planned email `se` is of this part of its queue, known beforehand. */
export const isFirstStep = (first: boolean) => isOfPart(Prisma.sql`${first ? 1 : 2}`)
