import { type CsvInput, openTable } from '@/csv/csv-file'
import type { CsvRecord } from '@/csv/csv-records'
import { selectLeadsOfSuppressions } from '@/db/queries/suppression/insert-suppressions'
import { withSendingBlocked } from '@/db/send-gate'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { cutText } from '@/domain/cut-text'
import { DomainError } from '@/domain/errors'
import { isFreeMailDomain } from '@/domain/lead/free-mail'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { readSuppressed, type Suppressed, type SuppressionReason } from '@/domain/lead/suppression'
import { findSuppressionColumn, type SuppressionColumn } from '@/domain/lead/suppression-columns'
import { suppress } from './add-suppression'

export type ImportSuppressions = CsvInput & {
  reason?: SuppressionReason | undefined
  /** Which column counts, from 0; found without. */
  column?: number | undefined
  by: string | null
}

/** `rows = added + existing + duplicate + invalid + unconfirmed`. */
export type ImportedSuppressions = {
  rows: number
  added: number
  existing: number
  duplicate: number
  invalid: number
  leadsAffected: number
  emailsSkipped: number
  problems: { line: number; value: string; problem: string; kind: 'invalid' | 'duplicate' }[]
  /** Domains of public providers, which are not added before a person confirms each. Absent when there is none. */
  unconfirmed?: { line: number; value: string; leads: number }[]
}

type Read = Pick<ImportedSuppressions, 'rows' | 'duplicate' | 'invalid' | 'problems'> & {
  entries: Map<string, Suppressed & { line: number }>
}

/**
 * Puts a file or pasted lines of addresses and domains on the list, all or nothing; lines that are neither are listed
 * with their number. With a header its email or domain column counts, else the one that holds addresses, else domains.
 * @throws {DomainError} unreadable_file, missing_column, invalid_input
 */
export async function importSuppressions(deps: Deps, input: ImportSuppressions): Promise<ImportedSuppressions> {
  const records: CsvRecord[] = []
  for await (const record of openTable(input)) records.push(record)
  const { entries, problems, ...counts } = readEntries(records, columnOf(records, input))
  if (entries.size === 0) {
    const [first] = problems
    const why = first ? ` Line ${first.line}: ${first.problem}.` : ''
    throw new DomainError(
      'invalid_input',
      `"${input.fileName}" holds no email address and no domain.${why} Nothing was added.`,
    )
  }
  const all = [...entries.values()]
  const certain = all.filter(({ kind, value }) => kind === 'address' || !isFreeMailDomain(value))
  const unconfirmed = await countLeadsOfDomains(
    deps.sql,
    all.filter((entry) => !certain.includes(entry)),
  )
  const { reason = 'manual', by } = input
  const { added, leadsAffected, emailsSkipped } = await withSendingBlocked(deps.sql, (tx) =>
    suppress(deps, tx, certain, { reason, source: 'import' }),
  )
  deps.log.info({ added, leadsAffected, emailsSkipped, reason, by }, 'suppressions imported')
  if (emailsSkipped > 0) await deps.queue.enqueueTick()
  return {
    ...counts,
    added,
    existing: certain.length - added,
    leadsAffected,
    emailsSkipped,
    problems: problems.slice(0, IMPORT_LIMITS.listedProblems),
    ...(unconfirmed.length > 0 ? { unconfirmed } : {}),
  }
}

function columnOf(records: readonly CsvRecord[], { fileName, column }: ImportSuppressions): SuppressionColumn {
  const found = findSuppressionColumn(
    records.map(({ cells }) => cells),
    column,
  )
  if (!('candidates' in found)) return found
  const names = found.candidates.map(({ name, column: index }) => (name ? `"${name}"` : `column ${index + 1}`))
  throw new DomainError(
    'missing_column',
    `Several columns of "${fileName}" could be meant: ${names.join(', ')}. Nothing was added. Choose the one whose addresses or domains go on the list.`,
    { candidates: found.candidates },
  )
}

function readEntries(records: readonly CsvRecord[], { column, hasHeader }: SuppressionColumn): Read {
  const read: Read = { rows: 0, duplicate: 0, invalid: 0, problems: [], entries: new Map() }
  for (const { line, cells } of hasHeader ? records.slice(1) : records) {
    read.rows += 1
    const raw = cells[column]?.trim() ?? ''
    const entry = readSuppressed(raw)
    const before = entry.ok ? read.entries.get(entry.value) : undefined
    if (!entry.ok) {
      read.invalid += 1
      read.problems.push({ line, value: cutText(raw, 254), problem: entry.problem, kind: 'invalid' })
    } else if (before) {
      read.duplicate += 1
      read.problems.push({ line, value: entry.value, problem: `Same as line ${before.line}`, kind: 'duplicate' })
    } else {
      read.entries.set(entry.value, { kind: entry.kind, value: entry.value, line })
    }
  }
  return read
}

const countLeadsOfDomains = (sql: Sql, domains: readonly { value: string; line: number }[]) =>
  Promise.all(
    domains.map(async ({ value, line }) => ({
      line,
      value,
      leads: (await selectLeadsOfSuppressions(sql, [{ kind: 'domain', value, hash: null }])).length,
    })),
  )
