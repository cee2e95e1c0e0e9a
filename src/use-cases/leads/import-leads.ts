import type { Batch } from '@/db/queries/lead-imports/advance-import'
import { selectImport } from '@/db/queries/lead-imports/select-imports'
import { countMailedBefore } from '@/db/queries/leads/remembered'
import { selectLeadsByEmail } from '@/db/queries/leads/select-leads-by-email'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { addLedger, countLeads, emptyLedger, type ImportLedger, sortLedger } from '@/domain/lead/import-ledger'
import type { OptOut, OptOutCount } from '@/domain/lead/opt-outs'
import { countOptOuts, findOptOuts } from './imports/find-opt-outs'
import { type FileForm, noRows, type OpenedImport, openImport } from './imports/opened-import'
import { readLeadChunks, withoutSuppressed } from './imports/read-lead-chunks'
import { endImport, importRows } from './run-import'
import { type StartImport, saveImport } from './start-import'

export type ImportLeads = StartImport & {
  /** Reads and checks everything, changes nothing. */
  dryRun?: boolean | undefined
}

/** `rows = added + existing + duplicate + invalid + suppressed + optedOut`. */
export type ImportedLeads = ImportLedger & {
  /** People who want no email by what the file says, by reason; also where they are imported all the same. */
  optOuts: OptOutCount[]
  /** How many of them were put on the suppression list that were not on it. */
  suppressedNow: number
  /** Null after a check, and when no row was fit for a new batch. */
  batchId: string | null
  batchName: string | null
  file: FileForm
}

/**
 * Imports leads from a CSV file into a batch while the caller waits. Addresses that are leads already join the batch and
 * are filled where they are empty, never overwritten; suppressed, invalid and repeated rows are left out and listed
 * with their line. It stands in the history as others do: should this process die, a worker goes on with it. A file with a fault
 * changes nothing.
 * @throws {DomainError} unreadable_file, missing_column, invalid_input, not_found, conflict, in_use
 */
export async function importLeads(deps: Deps, input: ImportLeads): Promise<ImportedLeads> {
  const opened = await openImport(input)
  return input.dryRun ? check(deps, opened, input) : store(deps, opened, input)
}

async function check(deps: Deps, opened: OpenedImport, input: ImportLeads): Promise<ImportedLeads> {
  const { file, targets } = opened
  const optOuts = await findOptOuts(file, targets)
  const optedOut = input.optOuts === 'import' ? new Map<string, OptOut>() : optOuts
  const ledger = emptyLedger()
  for await (const chunk of readLeadChunks(deps.config, { file, targets, optedOut })) {
    const leads = (await withoutSuppressed(deps.sql, chunk)).map(({ lead }) => lead)
    const existing = await selectLeadsByEmail(
      deps.sql,
      leads.map(({ email }) => email),
    )
    const known = new Set(existing.map(({ email }) => email))
    const fresh = leads.filter(({ email }) => !known.has(email))
    const mailedBefore = await countMailedBefore(
      deps.sql,
      fresh.map(({ emailHash }) => emailHash),
    )
    countLeads(chunk.ledger, { added: fresh.length, existing: existing.length, mailedBefore })
    addLedger(ledger, chunk.ledger)
  }
  if (ledger.rows === 0) throw noRows(input.fileName)
  const nothing = { suppressedNow: 0, batchId: null, batchName: null }
  return { ...sortLedger(ledger), optOuts: countOptOuts(optOuts), ...nothing, file: opened.form() }
}

async function store(deps: Deps, opened: OpenedImport, input: ImportLeads): Promise<ImportedLeads> {
  const { id } = await saveImport(deps, input, opened)
  const ledger = emptyLedger()
  let optOuts: OptOutCount[] = []
  let batch: Batch = { batchId: null, batchName: null }
  const waiting = await selectImport(deps.sql, id)
  if (!waiting) throw new Error('The import is gone')
  try {
    await importRows(deps, waiting, {
      opened,
      onOptOuts: (found) => {
        optOuts = countOptOuts(found)
      },
      onChunk: (part, into) => {
        addLedger(ledger, part)
        batch = into
      },
    })
  } catch (error) {
    if (error instanceof DomainError) await endImport(deps, id, 'failed', error.message)
    throw error
  }
  const done = await selectImport(deps.sql, id)
  if (done?.status !== 'done' || done.place !== ledger.rows) throw goesOn(id)
  const { problems: _, changes: __, listed: ___, ...counts } = ledger
  deps.log.info({ import: id, batch: batch.batchId, by: input.by, ...counts }, 'leads imported')
  const hasBatch = ledger.added + ledger.existing > 0
  return {
    ...sortLedger(ledger),
    optOuts,
    suppressedNow: done.suppressedNow,
    batchId: hasBatch || input.batchId ? batch.batchId : null,
    batchName: hasBatch || input.batchId ? batch.batchName : null,
    file: opened.form(),
  }
}

const goesOn = (id: string) =>
  new DomainError(
    'conflict',
    'This import was cancelled, or a worker goes on with it. Leads, Imports says what became of it.',
    {
      importId: id,
    },
  )
