import type { CsvFile } from '@/csv/csv-file'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Sql } from '@/db/sql'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import { leadFromRow } from '@/domain/lead/csv-row'
import { SeenAddresses } from '@/domain/lead/dedupe'
import type { LeadDraft } from '@/domain/lead/fields'
import { countProblem, type ImportLedger } from '@/domain/lead/import-ledger'
import { suppressionInWords } from '@/domain/lead/suppression'

export type NumberedLead = { line: number; lead: LeadDraft }

// A few round trips for an ordinary file, and some megabytes at most in memory for the largest.
const CHUNK = 2_000

/**
 * Reads a file's rows in chunks of leads that are fit to import. Rows that are not are counted in the ledger with
 * their line: invalid ones, repetitions of an address, suppressed addresses and domains.
 */
export async function* readLeadChunks(
  connection: Sql,
  file: CsvFile,
  targets: readonly ColumnTarget[],
  ledger: ImportLedger,
): AsyncGenerator<NumberedLead[]> {
  const seen = new SeenAddresses()
  let chunk: NumberedLead[] = []
  for await (const { line, cells } of file.rows()) {
    const row = leadFromRow(cells, targets)
    if (!row.ok) {
      countProblem(ledger, { line, email: row.email, problem: row.problem, kind: 'invalid' })
      continue
    }
    const firstLine = seen.firstLineOf(row.lead.email, line)
    if (firstLine !== null) {
      const problem = `Same address as in line ${firstLine}`
      countProblem(ledger, { line, email: row.lead.email, problem, kind: 'duplicate' })
      continue
    }
    chunk.push({ line, lead: row.lead })
    if (chunk.length < CHUNK) continue
    const fit = await withoutSuppressed(connection, chunk, ledger)
    if (fit.length) yield fit
    chunk = []
  }
  const fit = chunk.length ? await withoutSuppressed(connection, chunk, ledger) : []
  if (fit.length) yield fit
}

async function withoutSuppressed(connection: Sql, chunk: NumberedLead[], ledger: ImportLedger) {
  const emails = chunk.map(({ lead }) => lead.email)
  const entries = await selectSuppressedAddresses(connection, emails)
  if (entries.length === 0) return chunk
  const byEmail = new Map(entries.map((entry) => [entry.email, entry]))
  return chunk.filter(({ line, lead }) => {
    const entry = byEmail.get(lead.email)
    if (!entry) return true
    const problem = `On the suppression list: ${suppressionInWords(entry)}`
    countProblem(ledger, { line, email: lead.email, problem, kind: 'suppressed' })
    return false
  })
}
