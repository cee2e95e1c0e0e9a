import { Prisma } from './generated/client'

// SQLSTATE as `pg` reports it; https://www.postgresql.org/docs/current/errcodes-appendix.html
const FOREIGN_KEY_VIOLATION = '23503'
const UNIQUE_VIOLATION = '23505'
const DEADLOCK = '40P01'
const LOCK_NOT_AVAILABLE = '55P03'
const QUERY_CANCELED = '57014'
const IDLE_IN_TRANSACTION = '25P03'
// A NUL in a text; a number too large for its column; a text that is no value of its type.
const UNSTORABLE = ['22021', '22P05', '22003', '22P02']

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

// Prisma keeps what the server said in `meta.driverAdapterError`, as the cause of that.
const codesOf = (error: unknown, depth = 0): string[] => {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const { originalCode, cause, meta } = error as { originalCode?: string; cause?: unknown; meta?: object }
  const hidden = [cause, meta && 'driverAdapterError' in meta ? meta.driverAdapterError : undefined]
  return [codeOf(error), originalCode ?? '', ...hidden.flatMap((inner) => codesOf(inner, depth + 1))]
}

/** True when rows elsewhere point at what should go, or what a row points at is gone. */
export const isForeignKeyError = (error: unknown): boolean =>
  codeOf(error) === FOREIGN_KEY_VIOLATION ||
  (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')

/** The constraint that kept a row from pointing at what is not there; null for any other error. */
export const brokenReference = (error: unknown): string | null =>
  codeOf(error) === FOREIGN_KEY_VIOLATION ? String((error as { constraint?: string }).constraint ?? '') : null

/** True when another row holds a value that may be there once. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === UNIQUE_VIOLATION

/** True when PostgreSQL ended this transaction because it and another one waited for each other. */
export const isDeadlock = (error: unknown): boolean => codeOf(error) === DEADLOCK

/** Whether a repetition would be refused too: for the data (SQLSTATE 22 and 23), or for the statement (42). */
export const isRefusedForGood = (error: unknown): boolean => /^(22|23|42)/.test(codeOf(error))

/** True when PostgreSQL ended a statement or a transaction because its time was over; whatever it did is undone. */
export const isOutOfTime = (error: unknown): boolean =>
  codesOf(error).some((code) => [LOCK_NOT_AVAILABLE, QUERY_CANCELED, IDLE_IN_TRANSACTION].includes(code))

// Node's, and PostgreSQL's for a server that is starting, stopping, or full of sessions.
const AWAY = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '08006']
const DISK_FULL = ['53100']
const READ_ONLY = ['25006']

const wordsIn = (error: unknown, depth = 0): string => {
  if (typeof error !== 'object' || error === null || depth > 4) return ''
  const {
    name = '',
    message = '',
    cause,
    meta,
  } = error as { name?: string; message?: string; cause?: unknown; meta?: object }
  const hidden = [cause, meta && 'driverAdapterError' in meta ? meta.driverAdapterError : undefined]
  return [name, message, ...hidden.map((inner) => wordsIn(inner, depth + 1))].join(' ')
}

/** True when the server is not there, or silent: whether what was under way was done is not known. */
export const isAway = (error: unknown): boolean =>
  codesOf(error).some((code) => AWAY.includes(code)) ||
  /DatabaseSilent|The database does not answer|Connection terminated|timeout exceeded when trying to connect/.test(
    wordsIn(error),
  )

/** True when PostgreSQL had no room to write; whatever the statement did is undone. */
export const isDiskFull = (error: unknown): boolean => codesOf(error).some((code) => DISK_FULL.includes(code))

/** True when PostgreSQL takes no changes: a standby, or set to read alone. */
export const isReadOnly = (error: unknown): boolean => codesOf(error).some((code) => READ_ONLY.includes(code))

/** True when PostgreSQL refused a value that no column of its type can hold; whatever the statement did is undone. */
export const isUnstorable = (error: unknown): boolean => codesOf(error).some((code) => UNSTORABLE.includes(code))
