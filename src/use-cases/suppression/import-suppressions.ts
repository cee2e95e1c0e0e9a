import { type CsvInput, openTable } from '@/csv/csv-file'
import type { CsvRecord } from '@/csv/csv-records'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { foldHeader } from '@/domain/lead/csv-headers'
import { isEmailHeader } from '@/domain/lead/csv-mapping'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { readSuppressed, type Suppressed, type SuppressionReason } from '@/domain/lead/suppression'
import { suppress } from './add-suppression'

export type ImportSuppressions = CsvInput & { reason?: SuppressionReason | undefined; by: string | null }

/** `rows = added + existing + duplicate + invalid`. */
export type ImportedSuppressions = {
  rows: number
  added: number
  existing: number
  duplicate: number
  invalid: number
  leadsAffected: number
  emailsSkipped: number
  problems: { line: number; value: string; problem: string; kind: 'invalid' | 'duplicate' }[]
}

/**
 * Puts a file or pasted lines of addresses and domains on the list, all or nothing; lines that are neither are listed
 * with their number. With a header, its email or domain column counts, else the first value of each line.
 * @throws {DomainError} unreadable_file, invalid_input
 */
export async function importSuppressions(deps: Deps, input: ImportSuppressions): Promise<ImportedSuppressions> {
  const answer = { rows: 0, added: 0, existing: 0, duplicate: 0, invalid: 0, leadsAffected: 0, emailsSkipped: 0 }
  const problems: ImportedSuppressions['problems'] = []
  const entries = new Map<string, Suppressed & { line: number }>()
  let column: number | undefined
  for await (const record of openTable(input)) {
    if (column === undefined) {
      const named = headerColumn(record)
      column = named ?? 0
      if (named !== null) continue
    }
    answer.rows += 1
    const raw = record.cells[column]?.trim() ?? ''
    const read = readSuppressed(raw)
    const before = read.ok ? entries.get(read.value) : undefined
    if (!read.ok) {
      answer.invalid += 1
      problems.push({ line: record.line, value: raw.slice(0, 254), problem: read.problem, kind: 'invalid' })
    } else if (before) {
      answer.duplicate += 1
      problems.push({ line: record.line, value: read.value, problem: `Same as line ${before.line}`, kind: 'duplicate' })
    } else {
      entries.set(read.value, { kind: read.kind, value: read.value, line: record.line })
    }
  }
  if (entries.size === 0) {
    const [first] = problems
    const why = first ? ` Line ${first.line}: ${first.problem}.` : ''
    throw new DomainError(
      'invalid_input',
      `"${input.fileName}" holds no email address and no domain.${why} Nothing was added.`,
    )
  }
  const { reason = 'manual', by } = input
  const done = await withSendingBlocked(deps.sql, (tx) =>
    suppress(deps, tx, [...entries.values()], { reason, source: 'import' }),
  )
  const { added, leadsAffected, emailsSkipped } = done
  deps.log.info({ added, leadsAffected, emailsSkipped, reason, by }, 'suppressions imported')
  if (emailsSkipped > 0) await deps.queue.enqueueTick()
  return {
    ...answer,
    added,
    existing: entries.size - added,
    leadsAffected,
    emailsSkipped,
    problems: problems.slice(0, IMPORT_LIMITS.listedProblems),
  }
}

/** Which column of a header counts; null when the record is no header. */
function headerColumn({ cells }: CsvRecord): number | null {
  if (cells.some((cell) => readSuppressed(cell).ok)) return null
  const emails = cells.findIndex(isEmailHeader)
  if (emails !== -1) return emails
  const domains = cells.findIndex((cell) => ['domain', 'address', 'value', 'companydomain'].includes(foldHeader(cell)))
  return domains === -1 ? null : domains
}
