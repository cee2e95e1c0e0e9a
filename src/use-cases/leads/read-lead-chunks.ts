import type { CsvFile } from '@/csv/csv-file'
import type { HashedLead } from '@/db/queries/leads/lead-records'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { SqlPool } from '@/db/sql'
import type { Deps } from '@/deps'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import { leadFromRow } from '@/domain/lead/csv-row'
import { SeenAddresses } from '@/domain/lead/dedupe'
import { countProblem, type ImportLedger } from '@/domain/lead/import-ledger'
import { suppressionInWords } from '@/domain/lead/suppression'
import { addressHash } from '@/lib/encryption'

export type NumberedLead = { line: number; lead: HashedLead }

// A few round trips for an ordinary file, and some megabytes at most in memory for the largest.
const CHUNK = 2_000

/**
 * Reads a file's rows in chunks of leads that are fit to import. Rows that are not are counted in the ledger with
 * their line: invalid ones, repetitions of an address, suppressed addresses and domains.
 */
export async function* readLeadChunks(
  { sql, config }: Pick<Deps, 'sql' | 'config'>,
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
    chunk.push({ line, lead: { ...row.lead, emailHash: addressHash(config.consentKey, row.lead.email) } })
    if (chunk.length < CHUNK) continue
    const fit = await withoutSuppressed(sql, chunk, ledger)
    if (fit.length) yield fit
    chunk = []
  }
  const fit = chunk.length ? await withoutSuppressed(sql, chunk, ledger) : []
  if (fit.length) yield fit
}

async function withoutSuppressed(sql: SqlPool, chunk: NumberedLead[], ledger: ImportLedger) {
  const addresses = chunk.map(({ lead: { email, emailHash } }) => ({ email, hash: emailHash }))
  const entries = await selectSuppressedAddresses(sql, addresses)
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
