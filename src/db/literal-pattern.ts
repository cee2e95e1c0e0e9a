import { Prisma } from '@/db/generated/client'

/** Typed text as part of a LIKE pattern that takes it letter by letter. */
export const literalPattern = (typed: string) => typed.trim().replace(/[\\%_]/g, '\\$&')

// PostgreSQL's own, the same on every server. By the locale of a Turkish database "INFO" does not contain "info".
const SAME_EVERYWHERE = Prisma.raw('COLLATE "pg_c_utf8"')

/**
 * Condition that a text contains what was typed, in whatever case, by the rules of Unicode. An index over parts of words is asked
 * where there is one of the text in lower case by the same rules (idx_campaigns_name_search).
 */
export const contains = (text: Prisma.Sql, typed: string): Prisma.Sql =>
  Prisma.sql`lower(${text} ${SAME_EVERYWHERE}) LIKE lower(${`%${literalPattern(typed)}%`} ${SAME_EVERYWHERE})`
