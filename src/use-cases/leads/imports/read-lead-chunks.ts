import type { CsvFile } from '@/csv/csv-file'
import type { CsvRecord } from '@/csv/csv-records'
import type { HashedLead } from '@/db/queries/leads/lead-records'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { type ColumnTarget, readingOrder } from '@/domain/lead/csv-mapping'
import { leadFromRow, type RowReading } from '@/domain/lead/csv-row'
import { SeenAddresses } from '@/domain/lead/dedupe'
import { countChanges, countProblem, emptyLedger, type ImportLedger, rowSize } from '@/domain/lead/import-ledger'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { holdsCountryCodes } from '@/domain/lead/normalise'
import { type OptOut, optOutInWords } from '@/domain/lead/opt-outs'
import { suppressionInWords } from '@/domain/lead/suppression'
import type { RefusalKind } from '@/domain/lead-import/state'
import { addressHash } from '@/lib/encryption'
import { createTurns } from '@/lib/turns'

export type NumberedLead = { line: number; lead: HashedLead; cells: readonly string[] }

// A few round trips for an ordinary file.
const CHUNK_ROWS = 2_000
// As `rowSize` counts. A chunk ends with the row that reaches it, and no row is much longer than a megabyte: so much is in memory,
// twice, and in one statement.
const CHUNK_SIZE = 2_000_000

type Rows = {
  file: CsvFile
  targets: readonly ColumnTarget[]
  optedOut: ReadonlyMap<string, OptOut>
}

/** Rows that follow each other: those that are fit to import, and what became of the others. `ledger.rows` counts these. */
export type LeadChunk = {
  rows: number
  /** Of its rows, as `rowSize` counts. */
  size: number
  leads: NumberedLead[]
  ledger: ImportLedger
}

/**
 * Reads a file's rows in chunks, behind the first `from` rows. Rows that are not fit to import are counted in the chunk's ledger with
 * their line: invalid ones, repetitions of an address, those in `optedOut`, suppressed addresses and domains. The next chunk is
 * parsed while the last one is worked on; whoever works on it in a transaction gives that, so that nothing takes a second connection.
 */
export async function* readLeadChunks(
  { consentKey }: Pick<Deps['config'], 'consentKey'>,
  rows: Rows,
  from = 0,
): AsyncGenerator<LeadChunk> {
  yield* ahead(parseChunks(consentKey, rows, from))
}

async function* parseChunks(consentKey: string, rows: Rows, from: number): AsyncGenerator<LeadChunk> {
  const { file, targets } = rows
  const seen = new SeenAddresses()
  const reading = readingOf(file, targets)
  const turns = createTurns()
  let place = 0
  let chunk = emptyChunk()
  for await (const record of file.rows()) {
    if (turns.isOver()) await turns.pass()
    place += 1
    const read = readRow(record, rows, reading, seen)
    // What was taken before is read once more for its addresses alone.
    if (place <= from) continue
    chunk.rows += 1
    chunk.size += rowSize(record.cells)
    if (read.ok) {
      countChanges(chunk.ledger, read.changes)
      const { line, cells } = record
      chunk.leads.push({ line, lead: { ...read.lead, emailHash: addressHash(consentKey, read.lead.email) }, cells })
    } else countProblem(chunk.ledger, read.refused)
    if (chunk.rows < CHUNK_ROWS && chunk.size < CHUNK_SIZE) continue
    yield chunk
    chunk = emptyChunk()
  }
  if (chunk.rows > 0) yield chunk
}

const emptyChunk = (): LeadChunk => ({ rows: 0, size: 0, leads: [], ledger: emptyLedger() })

function readRow(
  { line, cells, values }: CsvRecord,
  { file, targets, optedOut }: Rows,
  reading: RowReading,
  seen: SeenAddresses,
) {
  const refuse = (kind: RefusalKind, email: string, problem: string) =>
    ({ ok: false, refused: { line, email, problem, kind, cells } }) as const
  const row = leadFromRow(cells, targets, reading)
  if (values !== undefined) return refuse('invalid', row.ok ? row.lead.email : row.email, tooManyValues(values))
  if (!row.ok) return refuse('invalid', row.email, row.problem)
  const { email } = row.lead
  if (isBadLine(file, line, cells)) return refuse('invalid', email, BAD_LINE)
  const firstLine = seen.firstLineOf(email, line)
  if (firstLine !== null) return refuse('duplicate', email, `Same address as in line ${firstLine}`)
  const optOut = optedOut.get(email)
  return optOut ? refuse('optedOut', email, optOutInWords(optOut)) : row
}

/** Reads the next item while the last one is being worked on: the file is parsed while the database stores. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = items.next()
      // Whoever asks next hears of a fault; until then it must not count as unheard.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await items.return(undefined)
  }
}

/** The leads of a chunk that are not on the suppression list; the others are counted in its ledger. */
export async function withoutSuppressed(sql: Sql, { leads, ledger }: LeadChunk): Promise<NumberedLead[]> {
  const addresses = leads.map(({ lead: { email, emailHash } }) => ({ email, hash: emailHash }))
  const entries = await selectSuppressedAddresses(sql, addresses)
  if (entries.length === 0) return leads
  const byEmail = new Map(entries.map((entry) => [entry.email, entry]))
  return leads.filter(({ line, lead, cells }) => {
    const entry = byEmail.get(lead.email)
    if (!entry) return true
    const problem = `On the suppression list: ${suppressionInWords(entry)}`
    countProblem(ledger, { line, email: lead.email, problem, kind: 'suppressed', cells })
    return false
  })
}

function readingOf(file: CsvFile, targets: readonly ColumnTarget[]): RowReading {
  const values = file.head.flatMap((cells) => cells.filter((_, i) => targets[i] === 'country'))
  return { order: readingOrder(file.columns), countryCodes: holdsCountryCodes(values) }
}

const tooManyValues = (values: number) =>
  `The row has ${values.toLocaleString('en-US')} values, empty ones included; at most ${IMPORT_LIMITS.columns} are read. No lead was added or changed by it: remove what stands behind the last column`

const BAD_LINE =
  'The line is not valid UTF-8 as the others are. It is read as Windows-1252 here: check its letters, and import it again'

/** A record may have several lines; one that is not valid spoils it. */
function isBadLine({ badLines }: CsvFile, line: number, cells: readonly string[]): boolean {
  if (badLines.size === 0) return false
  const more = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
  for (let at = line; at <= line + more; at++) if (badLines.has(at)) return true
  return false
}
