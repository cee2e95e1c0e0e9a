import {
  countImports,
  type ImportRow,
  selectFirstRefusals,
  selectImport,
  selectImports,
  selectImportsBearing,
  selectRefusalSize,
} from '@/db/queries/lead-imports/select-imports'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { RowProblem } from '@/domain/lead/import-ledger'
import { rollbackRefusal, rollbackUntil } from '@/domain/lead-import/state'

/** An import in lists. */
export type ListedImport = Omit<ImportRow, 'reading' | 'optOutsDone'> & {
  /** Until when it may be rolled back; null when it may not. */
  rollbackUntil: Date | null
}

/** A page of the imports, the newest first, with their number. */
export async function listImports(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { page = 1, pageSize = 50 }: { page?: number; pageSize?: number } = {},
): Promise<{ rows: ListedImport[]; total: number }> {
  const [rows, total] = await Promise.all([
    selectImports(sql, { limit: pageSize, offset: (page - 1) * pageSize }),
    countImports(sql),
  ])
  return { rows: rows.map((row) => listed(row, clock.realNow())), total }
}

/** Imports whose file bears the words in its name, the newest first, so many at the most. */
export const listImportsBearing = (
  { sql }: Pick<Deps, 'sql'>,
  { search, pageSize }: { search: string; pageSize: number },
) => selectImportsBearing(sql, { search, limit: pageSize })

/** Of the rows that were left out, the first; all of them are a file of their own. */
const FIRST_REFUSALS = 20

/** An import with the first rows that it left out, and how many of them are kept. */
export type ShownImport = ListedImport & { refusals: Omit<RowProblem, 'cells'>[]; refusalsKept: number }

/** One import. @throws {DomainError} not_found */
export async function getImport(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { id }: { id: string },
): Promise<ShownImport> {
  const [row, refusals, size] = await Promise.all([
    selectImport(sql, id),
    selectFirstRefusals(sql, { importId: id, limit: FIRST_REFUSALS }),
    selectRefusalSize(sql, id),
  ])
  if (!row) throw new DomainError('not_found', 'This import does not exist.', { importId: id })
  return { ...listed(row, clock.realNow()), refusals, refusalsKept: size?.rows ?? 0 }
}

function listed({ reading: _, optOutsDone: __, ...row }: ImportRow, now: Date): ListedImport {
  const until = row.finishedAt && rollbackRefusal(row, now) === null ? rollbackUntil(row.finishedAt) : null
  return { ...row, rollbackUntil: until }
}
