import { Prisma } from './generated/client'

// SQLSTATE as `pg` reports it; https://www.postgresql.org/docs/current/errcodes-appendix.html
const FOREIGN_KEY_VIOLATION = '23503'
const UNIQUE_VIOLATION = '23505'
const DEADLOCK = '40P01'

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** True when rows elsewhere point at what should go, or what a row points at is gone. */
export const isForeignKeyError = (error: unknown): boolean =>
  codeOf(error) === FOREIGN_KEY_VIOLATION ||
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')

/** True when another row holds a value that may be there once. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === UNIQUE_VIOLATION

/** True when PostgreSQL ended this transaction because it and another one waited for each other. */
export const isDeadlock = (error: unknown): boolean => codeOf(error) === DEADLOCK

/** Whether a repetition would be refused too: for the data (SQLSTATE 22 and 23), or for the statement (42). */
export const isRefusedForGood = (error: unknown): boolean => /^(22|23|42)/.test(codeOf(error))
