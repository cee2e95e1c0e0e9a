import { type CsvInput, openTable } from '@/csv/csv-file'
import type { CsvRecord } from '@/csv/csv-records'
import { countLeadsOfDomains } from '@/db/queries/suppression/insert-suppressions'
import type { Deps } from '@/deps'
import { cutText } from '@/domain/cut-text'
import { DomainError } from '@/domain/errors'
import { isFreeMailDomain } from '@/domain/lead/free-mail'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { readSuppressed, type Suppressed, type SuppressionReason } from '@/domain/lead/suppression'
import { createColumnFinder, type SuppressionColumn } from '@/domain/lead/suppression-columns'
import { createTurns } from '@/lib/turns'
import { addSuppressions } from './add-suppressions'

export type ImportSuppressions = CsvInput & {
  reason?: SuppressionReason | undefined
  /** Which column counts, from 0; found without. */
  column?: number | undefined
  by: string | null
}

/** `rows = added + existing + duplicate + invalid + unconfirmed + those not recorded`. */
export type ImportedSuppressions = {
  rows: number
  added: number
  existing: number
  duplicate: number
  invalid: number
  leadsAffected: number
  emailsSkipped: number
  /** The first ones, in the order of the lines. The counts hold all. */
  problems: { line: number; value: string; problem: string; kind: 'invalid' | 'duplicate' }[]
  /** Domains of public providers, which are not added before a person confirms each. Absent when there is none. */
  unconfirmed?: { line: number; value: string; leads: number }[]
  /** Lines that the database did not take, which may be emailed still: their number, and each of them. Absent when there is none. */
  notRecorded?: { line: number; value: string }[]
}

type Entry = Suppressed & { line: number }
type Read = Pick<ImportedSuppressions, 'rows' | 'duplicate' | 'invalid' | 'problems'> & { entries: Map<string, Entry> }

/**
 * Puts a file or pasted lines of addresses and domains on the list; lines that are neither are listed with their number. With a
 * header its email or domain column counts, else the one that holds addresses, else domains. A file that cannot be read adds
 * nothing. What is added stays on the list, also where the database does not take the rest: the answer names those lines, and the
 * same file may be imported again.
 * @throws {DomainError} unreadable_file, missing_column, invalid_input; the error of the database where it took nothing at all
 */
export async function importSuppressions(deps: Deps, input: ImportSuppressions): Promise<ImportedSuppressions> {
  const { entries, problems, ...counts } = await readEntries(input, await columnOf(input))
  if (entries.size === 0) {
    const [first] = problems
    const why = first ? ` Line ${first.line}: ${first.problem}.` : ''
    throw new DomainError(
      'invalid_input',
      `"${input.fileName}" holds no email address and no domain.${why} Nothing was added.`,
    )
  }
  const certain: Entry[] = []
  const uncertain: Entry[] = []
  for (const entry of entries.values()) (isForEverybody(entry) ? uncertain : certain).push(entry)
  const leadsAt = uncertain.length > 0 ? await countLeadsOfDomains(deps.sql, uncertain.map(textOf)) : new Map()
  const { reason = 'manual', by } = input
  const { failed, error, ...done } = await addSuppressions(deps, certain, { reason, source: 'import' })
  if (failed.length > 0 && failed.length === certain.length) throw error
  deps.log.info({ ...done, notRecorded: failed.length, reason, by }, 'suppressions imported')
  return {
    ...counts,
    ...done,
    problems,
    ...(uncertain.length > 0
      ? { unconfirmed: uncertain.map(({ line, value }) => ({ line, value, leads: leadsAt.get(value) ?? 0 })) }
      : {}),
    ...(failed.length > 0 ? { notRecorded: failed.map(({ line, value }) => ({ line, value })) } : {}),
  }
}

const isForEverybody = ({ kind, value }: Suppressed) => kind === 'domain' && isFreeMailDomain(value)
const textOf = ({ value }: Entry) => value

/** The rows of the file, one after the other, with others' turns between them. */
async function* recordsOf(input: ImportSuppressions): AsyncGenerator<CsvRecord> {
  const turns = createTurns()
  for await (const record of openTable(input)) {
    yield record
    if (turns.isOver()) await turns.pass()
  }
}

async function columnOf(input: ImportSuppressions): Promise<SuppressionColumn> {
  const finder = createColumnFinder(input.column)
  for await (const { cells } of recordsOf(input)) finder.take(cells)
  const found = finder.found()
  if (!('candidates' in found)) return found
  const names = found.candidates.map(({ name, column: index }) => (name ? `"${name}"` : `column ${index + 1}`))
  throw new DomainError(
    'missing_column',
    `Several columns of "${input.fileName}" could be meant: ${names.join(', ')}. Nothing was added. Choose the one whose addresses or domains go on the list.`,
    { candidates: found.candidates },
  )
}

async function readEntries(input: ImportSuppressions, { column, hasHeader }: SuppressionColumn): Promise<Read> {
  const read: Read = { rows: 0, duplicate: 0, invalid: 0, problems: [], entries: new Map() }
  const note = (problem: Read['problems'][number]) => {
    read[problem.kind] += 1
    if (read.problems.length < IMPORT_LIMITS.listedProblems) read.problems.push(problem)
  }
  let isFirst = true
  for await (const { line, cells, values } of recordsOf(input)) {
    const isHeader = isFirst && hasHeader
    isFirst = false
    if (isHeader) continue
    read.rows += 1
    const raw = cells[column]?.trim() ?? ''
    const entry = values === undefined ? readSuppressed(raw) : { ok: false as const, problem: tooManyValues(values) }
    const before = entry.ok ? read.entries.get(entry.value) : undefined
    if (!entry.ok) note({ line, value: cutText(raw, 254), problem: entry.problem, kind: 'invalid' })
    else if (before) note({ line, value: entry.value, problem: `Same as line ${before.line}`, kind: 'duplicate' })
    else read.entries.set(entry.value, { kind: entry.kind, value: entry.value, line })
  }
  return read
}

const tooManyValues = (values: number) =>
  `The line has ${values.toLocaleString('en-US')} values, empty ones included; at most ${IMPORT_LIMITS.columns} are read. Nothing of it was added to the list`
