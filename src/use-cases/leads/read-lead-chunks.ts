import type { CsvFile } from '@/csv/csv-file'
import type { HashedLead } from '@/db/queries/leads/lead-records'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { type ColumnTarget, readingOrder } from '@/domain/lead/csv-mapping'
import { leadFromRow, type RowReading } from '@/domain/lead/csv-row'
import { SeenAddresses } from '@/domain/lead/dedupe'
import { countChanges, countProblem, type ImportLedger } from '@/domain/lead/import-ledger'
import { holdsCountryCodes } from '@/domain/lead/normalise'
import { type OptOut, optOutInWords } from '@/domain/lead/opt-outs'
import { suppressionInWords } from '@/domain/lead/suppression'
import { addressHash } from '@/lib/encryption'

export type NumberedLead = { line: number; lead: HashedLead; cells: readonly string[] }

// A few round trips for an ordinary file, and some megabytes at most in memory for the largest.
const CHUNK = 2_000

type Rows = {
  file: CsvFile
  targets: readonly ColumnTarget[]
  optedOut: ReadonlyMap<string, OptOut>
}

/**
 * Reads a file's rows in chunks of leads that are fit to import. Rows that are not are counted in the ledger with
 * their line: invalid ones, repetitions of an address, those in `optedOut`, suppressed addresses and domains. The next chunk is
 * parsed while the last one is worked on; whoever works on it in a transaction gives that, so that nothing takes a second connection.
 */
export async function* readLeadChunks(
  { sql, config }: { sql: Sql; config: Pick<Deps['config'], 'consentKey'> },
  rows: Rows,
  ledger: ImportLedger,
): AsyncGenerator<NumberedLead[]> {
  for await (const chunk of ahead(parseChunks(config.consentKey, rows, ledger))) {
    const fit = await withoutSuppressed(sql, chunk, ledger)
    if (fit.length > 0) yield fit
  }
}

async function* parseChunks(
  consentKey: string,
  { file, targets, optedOut }: Rows,
  ledger: ImportLedger,
): AsyncGenerator<NumberedLead[]> {
  const seen = new SeenAddresses()
  const reading = readingOf(file, targets)
  let chunk: NumberedLead[] = []
  for await (const { line, cells } of file.rows()) {
    const row = leadFromRow(cells, targets, reading)
    if (!row.ok) {
      countProblem(ledger, { line, email: row.email, problem: row.problem, kind: 'invalid', cells })
      continue
    }
    const { email } = row.lead
    if (isBadLine(file, line, cells)) {
      countProblem(ledger, { line, email, problem: BAD_LINE, kind: 'invalid', cells })
      continue
    }
    const firstLine = seen.firstLineOf(email, line)
    if (firstLine !== null) {
      const problem = `Same address as in line ${firstLine}`
      countProblem(ledger, { line, email, problem, kind: 'duplicate', cells })
      continue
    }
    const optOut = optedOut.get(email)
    if (optOut) {
      countProblem(ledger, { line, email, problem: optOutInWords(optOut), kind: 'optedOut', cells })
      continue
    }
    countChanges(ledger, row.changes)
    chunk.push({ line, lead: { ...row.lead, emailHash: addressHash(consentKey, email) }, cells })
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
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

async function withoutSuppressed(sql: Sql, chunk: NumberedLead[], ledger: ImportLedger) {
  const addresses = chunk.map(({ lead: { email, emailHash } }) => ({ email, hash: emailHash }))
  const entries = await selectSuppressedAddresses(sql, addresses)
  if (entries.length === 0) return chunk
  const byEmail = new Map(entries.map((entry) => [entry.email, entry]))
  return chunk.filter(({ line, lead, cells }) => {
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

const BAD_LINE =
  'The line is not valid UTF-8 as the others are. It is read as Windows-1252 here: check its letters, and import it again'

/** A record may have several lines; one that is not valid spoils it. */
function isBadLine({ badLines }: CsvFile, line: number, cells: readonly string[]): boolean {
  if (badLines.size === 0) return false
  const more = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
  for (let at = line; at <= line + more; at++) if (badLines.has(at)) return true
  return false
}
