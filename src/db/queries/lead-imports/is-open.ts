import { Prisma } from '@/db/generated/client'
import { type ImportStatus, OPEN, UNDER_WAY } from '@/domain/lead-import/state'

const oneOf = (statuses: readonly ImportStatus[]) =>
  Prisma.raw(`status IN (${statuses.map((status) => `'${status}'`).join(', ')})`)

// As constants of the text, so that the index over imports that somebody works on serves them.
/** Condition of `lead_imports`: somebody works on it, or will. */
export const isOpenImport = oneOf(OPEN)

/** Condition of `lead_imports`: it waits or runs. */
export const isUnderWayImport = oneOf(UNDER_WAY)
