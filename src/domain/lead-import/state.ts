import { DAY_MS } from '../time/duration'

export const IMPORT_STATUSES = [
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
  'rolling_back',
  'rolled_back',
] as const
/** `failed` and `cancelled` imports keep what had come in by then. */
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** Why a row is left out. */
export type RefusalKind = 'invalid' | 'duplicate' | 'suppressed' | 'optedOut'

/** Every legal move of an import. */
export const NEXT = {
  waiting: ['running', 'failed', 'cancelled'],
  running: ['done', 'failed', 'cancelled'],
  done: ['rolling_back'],
  failed: ['rolling_back'],
  cancelled: ['rolling_back'],
  rolling_back: ['rolled_back'],
  rolled_back: [],
} as const satisfies Record<ImportStatus, readonly ImportStatus[]>

/** The statuses from which `to` can be reached. */
export const statusesBefore = (to: ImportStatus): ImportStatus[] =>
  IMPORT_STATUSES.filter((from) => (NEXT[from] as readonly ImportStatus[]).includes(to))

/** Its rows are not through. */
export const UNDER_WAY: readonly ImportStatus[] = ['waiting', 'running']

/** Somebody works on it, or will. */
export const OPEN: readonly ImportStatus[] = [...UNDER_WAY, 'rolling_back']

export const isUnderWay = (status: ImportStatus): boolean => UNDER_WAY.includes(status)

export const isOpen = (status: ImportStatus): boolean => OPEN.includes(status)

/** Days for which an import can be rolled back and the rows that it left out are kept. */
export const KEPT_DAYS = 90

/** Imports of one person that may wait or run at a time: each keeps its file. */
export const OPEN_AT_ONCE = 20

/** How often an import is begun without getting any further before it ends as failed. */
export const MOST_ATTEMPTS = 5

type Stuck = { place: number; totalRows: number | null; added: number; existing: number }

/** Why an import ended that got no further: how far it came, what is there, and what to do. */
export function stuckInWords({ place, totalRows, added, existing }: Stuck): string {
  const leads = added + existing
  const rows = totalRows === null ? '' : ` of ${totalRows.toLocaleString('en-US')}`
  const where = place === 0 ? 'at its first rows' : `behind row ${place.toLocaleString('en-US')}${rows}`
  const there =
    leads === 0
      ? 'Nothing has come in.'
      : `What had come in before stays (${leads.toLocaleString('en-US')} leads), and can be rolled back.`
  return `It was begun ${MOST_ATTEMPTS} times and stopped ${where} each time. ${there} The log says why. Import the file again, or without the rows that stand there.`
}

type Rollable = { status: ImportStatus; added: number; existing: number; finishedAt: Date | null }

/** Why an import cannot be rolled back. */
export type RollbackRefusal = 'under_way' | 'rolling_back' | 'rolled_back' | 'brought_nobody' | 'too_old'

/** Says why an import cannot be rolled back; null when it can: it has ended, brought somebody, and its leads are still known. */
export function rollbackRefusal({ status, added, existing, finishedAt }: Rollable, now: Date): RollbackRefusal | null {
  if (isUnderWay(status) || finishedAt === null) return 'under_way'
  if (status === 'rolling_back' || status === 'rolled_back') return status
  if (added + existing === 0) return 'brought_nobody'
  return now.getTime() < rollbackUntil(finishedAt).getTime() ? null : 'too_old'
}

/** Until when an import that ended then can be rolled back. */
export const rollbackUntil = (finishedAt: Date): Date => new Date(finishedAt.getTime() + KEPT_DAYS * DAY_MS)
