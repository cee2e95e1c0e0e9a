import type { PoolClient } from 'pg'
import { addLeadsToBatch } from '@/db/queries/add-leads-to-batch'
import { fillLeads } from '@/db/queries/fill-leads'
import { lockImports } from '@/db/queries/import-lock'
import { insertBatch, lockBatch } from '@/db/queries/insert-batch'
import { insertLeads } from '@/db/queries/insert-leads'
import { selectLeadsByEmail } from '@/db/queries/select-leads-by-email'
import { inTransaction, queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import type { ColumnTarget, MappedColumn } from '@/domain/lead/csv-mapping'
import { countLeads, emptyLedger, type ImportLedger, sortProblems } from '@/domain/lead/import-ledger'
import { type CsvFile, type CsvInput, openCsv } from '@/lead-sources/csv-file'
import { targetsOf } from './map-lead-columns'
import { type NumberedLead, readLeadChunks } from './read-lead-chunks'

export type ImportLeads = CsvInput & {
  /** An existing batch; otherwise one is made with this name, or with the file's. */
  batchId?: string | undefined
  batchName?: string | undefined
  /** One target for each column, in their order; guessed without. */
  mapping?: readonly ColumnTarget[] | undefined
  /** Reads and checks everything, changes nothing. */
  dryRun?: boolean | undefined
  by: string | null
}

/** `rows = added + existing + duplicate + invalid + suppressed`. */
export type ImportedLeads = ImportLedger & {
  /** Null after a check, and when no row was fit for a new batch. */
  batchId: string | null
  batchName: string | null
  file: {
    fileName: string
    encoding: CsvEncoding
    delimiter: CsvDelimiter
    headerLine: number
    columns: MappedColumn[]
  }
}

/**
 * Imports leads from a CSV file into a batch, all of it or nothing. Addresses that are leads already join the batch and
 * are filled where they are empty, never overwritten; suppressed, invalid and repeated rows are left out and listed
 * with their line.
 * @throws {DomainError} unreadable_file, missing_column, invalid_input, not_found
 */
export async function importLeads(deps: Deps, input: ImportLeads): Promise<ImportedLeads> {
  const file = await openCsv(input)
  const targets = targetsOf(file, input)
  const described = {
    fileName: input.fileName,
    encoding: file.encoding,
    delimiter: file.delimiter,
    headerLine: file.headerLine,
    columns: file.columns.map((column, i) => ({ ...column, target: targets[i] ?? ('ignore' as const) })),
  }
  const { ledger, batch } = input.dryRun
    ? { ledger: await check(deps, file, targets), batch: null }
    : await inTransaction(deps.pool, (tx) => store(deps, tx, file, targets, input))
  if (ledger.rows === 0) {
    throw new DomainError(
      'invalid_input',
      `"${input.fileName}" has column names but no rows. Nothing was imported. Choose a file with rows below its header.`,
    )
  }
  if (!input.dryRun) {
    const { problems: _, ...counts } = ledger
    deps.log.info({ batch: batch?.id, by: input.by, ...counts }, 'leads imported')
  }
  return { ...sortProblems(ledger), batchId: batch?.id ?? null, batchName: batch?.name ?? null, file: described }
}

async function check({ pool }: Deps, file: CsvFile, targets: readonly ColumnTarget[]): Promise<ImportLedger> {
  const ledger = emptyLedger()
  for await (const chunk of readLeadChunks(pool, file, targets, ledger)) {
    const existing = await queryRows(pool, selectLeadsByEmail(chunk.map(({ lead }) => lead.email)))
    countLeads(ledger, { added: chunk.length - existing.length, existing: existing.length })
  }
  return ledger
}

async function store(
  { clock }: Deps,
  tx: PoolClient,
  file: CsvFile,
  targets: readonly ColumnTarget[],
  input: ImportLeads,
) {
  await queryRows(tx, lockImports)
  const at = clock.now()
  const ledger = emptyLedger()
  let batch = input.batchId ? await findBatch(tx, input.batchId) : null
  for await (const chunk of readLeadChunks(tx, file, targets, ledger)) {
    const { leadIds, added } = await storeChunk(tx, chunk, at)
    countLeads(ledger, { added, existing: chunk.length - added })
    // A file without one fit row leaves no empty batch behind.
    batch ??= await makeBatch(tx, nameOf(input), at)
    await queryRows(tx, addLeadsToBatch({ batchId: batch.id, leadIds, at }))
  }
  return { ledger, batch }
}

async function storeChunk(tx: PoolClient, chunk: readonly NumberedLead[], at: Date) {
  const leads = chunk.map(({ lead }) => lead)
  const inserted = await queryRows<{ id: string; email: string }>(tx, insertLeads(leads, { source: 'csv', at }))
  const isNew = new Set(inserted.map(({ email }) => email))
  const known = leads.filter(({ email }) => !isNew.has(email))
  if (known.length === 0) return { leadIds: inserted.map(({ id }) => id), added: inserted.length }
  await queryRows(tx, fillLeads(known, at))
  const existing = await queryRows<{ id: string }>(tx, selectLeadsByEmail(known.map(({ email }) => email)))
  return { leadIds: [...inserted, ...existing].map(({ id }) => id), added: inserted.length }
}

async function findBatch(tx: PoolClient, batchId: string) {
  const [batch] = await queryRows<{ id: string; name: string }>(tx, lockBatch(batchId))
  if (batch) return batch
  throw new DomainError(
    'not_found',
    'This batch does not exist any more. Nothing was imported. Choose another batch.',
    {
      batchId,
    },
  )
}

async function makeBatch(tx: PoolClient, name: string, at: Date) {
  const [batch] = await queryRows<{ id: string; name: string }>(tx, insertBatch({ name, description: null, at }))
  if (!batch) throw new Error('The batch was not inserted')
  return batch
}

const nameOf = ({ batchName, fileName }: ImportLeads) =>
  batchName?.trim() || fileName.replace(/\.(csv|tsv|txt)$/i, '').trim() || 'Imported leads'
