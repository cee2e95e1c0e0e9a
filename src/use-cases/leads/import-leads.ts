import { type CsvFile, type CsvInput, type CsvLine, openCsv } from '@/csv/csv-file'
import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { fillLeads } from '@/db/queries/leads/fill-leads'
import { insertBatch, lockBatch } from '@/db/queries/leads/insert-batch'
import { insertLeads } from '@/db/queries/leads/insert-leads'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { countMailedBefore } from '@/db/queries/leads/remembered'
import { selectLeadsByEmail } from '@/db/queries/leads/select-leads-by-email'
import { withSendingBlocked } from '@/db/send-gate'
import { IN_LINE, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import type { ColumnTarget, MappedColumn } from '@/domain/lead/csv-mapping'
import type { LeadDraft } from '@/domain/lead/fields'
import { countLeads, emptyLedger, type ImportLedger, sortLedger } from '@/domain/lead/import-ledger'
import type { OptOut, OptOutChoice, OptOutCount } from '@/domain/lead/opt-outs'
import { takeTurn } from '@/lib/take-turn'
import { suppress } from '@/use-cases/suppression/add-suppression'
import { countOptOuts, findOptOuts } from './find-opt-outs'
import { targetsOf, watchColumns } from './map-lead-columns'
import { readLeadChunks } from './read-lead-chunks'

const FILL_AT_ONCE = 2_000

export type ImportLeads = CsvInput & {
  /** An existing batch; otherwise one is made with this name, or with the file's. */
  batchId?: string | undefined
  batchName?: string | undefined
  /** One target for each column, in their order; guessed without. */
  mapping?: readonly ColumnTarget[] | undefined
  /**
   * What becomes of those who want no email by what the file says: left out, unless somebody decides otherwise. `suppress`
   * puts them on the suppression list as well.
   */
  optOuts?: OptOutChoice | undefined
  /** Reads and checks everything, changes nothing. */
  dryRun?: boolean | undefined
  by: string | null
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
  file: {
    fileName: string
    encoding: CsvEncoding
    delimiter: CsvDelimiter
    /** 0 where no line names the columns. */
    headerLine: number
    firstLines: CsvLine[]
    /** Lines above the header that hold an address: they are not imported. */
    linesAbove: number[]
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
  const { file, filled } = watchColumns(await openCsv(input))
  const targets = targetsOf(file, input)
  const optOuts = await findOptOuts(file, targets)
  const work: Work = { file, targets, optedOut: input.optOuts === 'import' ? new Map() : optOuts }
  // Before the leads: should the import fail, nobody is emailed who wants none.
  const suppressedNow = input.optOuts === 'suppress' && !input.dryRun ? await suppressThose(deps, optOuts) : 0
  const { ledger, batch } = input.dryRun
    ? { ledger: await check(deps, work), batch: null }
    : // In turn: the lock of imports is waited for with a connection.
      await takeTurn(deps.sql, 'import', () => transaction(deps.sql, (tx) => store(deps, tx, work, input), IN_LINE))
  if (ledger.rows === 0) {
    throw new DomainError(
      'invalid_input',
      `"${input.fileName}" has column names but no rows. Nothing was imported. Choose a file with rows below its header.`,
    )
  }
  // Nobody wants a custom field that no row fills.
  const shownTarget = (i: number) => {
    const target = targets[i] ?? ('ignore' as const)
    return target.startsWith('custom:') && !filled.has(i) && !input.mapping ? ('ignore' as const) : target
  }
  const described = {
    fileName: input.fileName,
    encoding: file.encoding,
    delimiter: file.delimiter,
    headerLine: file.headerLine,
    firstLines: file.firstLines,
    linesAbove: file.linesAbove,
    columns: file.columns.map((column, i) => ({ ...column, target: shownTarget(i) })),
  }
  if (!input.dryRun) {
    const { problems: _, changes: __, ...counts } = ledger
    deps.log.info({ batch: batch?.id, by: input.by, ...counts }, 'leads imported')
  }
  return {
    ...sortLedger(ledger),
    optOuts: countOptOuts(optOuts),
    suppressedNow,
    batchId: batch?.id ?? null,
    batchName: batch?.name ?? null,
    file: described,
  }
}

type Work = { file: CsvFile; targets: readonly ColumnTarget[]; optedOut: ReadonlyMap<string, OptOut> }

async function suppressThose(deps: Deps, optOuts: ReadonlyMap<string, OptOut>): Promise<number> {
  let added = 0
  for (const { reason } of countOptOuts(optOuts)) {
    const entries = [...optOuts].flatMap(([value, optOut]) =>
      optOut.reason === reason ? [{ kind: 'address' as const, value }] : [],
    )
    const done = await withSendingBlocked(deps.sql, (tx) => suppress(deps, tx, entries, { reason, source: 'import' }))
    added += done.added
    if (done.emailsSkipped > 0) await deps.queue.enqueueTick()
  }
  return added
}

async function check(deps: Deps, work: Work): Promise<ImportLedger> {
  const ledger = emptyLedger()
  for await (const chunk of readLeadChunks(deps, work, ledger)) {
    const existing = await selectLeadsByEmail(
      deps.sql,
      chunk.map(({ lead }) => lead.email),
    )
    const known = new Set(existing.map(({ email }) => email))
    const fresh = chunk.filter(({ lead }) => !known.has(lead.email))
    const mailedBefore = await countMailedBefore(
      deps.sql,
      fresh.map(({ lead }) => lead.emailHash),
    )
    countLeads(ledger, { added: fresh.length, existing: existing.length, mailedBefore })
  }
  return ledger
}

async function store(deps: Deps, tx: Tx, work: Work, input: ImportLeads) {
  await lockImports(tx)
  const at = deps.clock.now()
  const ledger = emptyLedger()
  let batch = input.batchId ? await findBatch(tx, input.batchId) : null
  const known: KnownLead[] = []
  for await (const chunk of readLeadChunks({ sql: tx, config: deps.config }, work, ledger)) {
    // A file without one fit row leaves no empty batch behind.
    batch ??= await makeBatch(tx, nameOf(input), at)
    const leads = chunk.map(({ lead }) => lead)
    const added = await insertLeads(tx, leads, { source: 'csv', at, batchId: batch.id })
    const existing = await findExisting(tx, leads, added)
    known.push(...existing)
    const mailedBefore = added.filter(({ lastContactedAt }) => lastContactedAt !== null).length
    countLeads(ledger, { added: added.length, existing: existing.length, mailedBefore })
    const leadIds = existing.map(({ id }) => id)
    if (leadIds.length > 0) await addLeadsToBatch(tx, { batchId: batch.id, leadIds, at })
  }
  await fillKnown(tx, known, at)
  return { ledger, batch }
}

type StoredLead = { id: string; email: string }
type KnownLead = { id: string; lead: LeadDraft }

async function findExisting(tx: Tx, leads: readonly LeadDraft[], added: readonly StoredLead[]) {
  const isNew = new Set(added.map(({ email }) => email))
  const drafts = new Map(leads.filter(({ email }) => !isNew.has(email)).map((lead) => [lead.email, lead]))
  if (drafts.size === 0) return []
  const rows = await selectLeadsByEmail(tx, [...drafts.keys()])
  return rows.flatMap(({ id, email }): KnownLead[] => {
    const lead = drafts.get(email)
    return lead ? [{ id, lead }] : []
  })
}

/** Last, because results of emails to these leads wait from here to the commit; in the order of ids, as others lock. */
async function fillKnown(tx: Tx, known: KnownLead[], at: Date) {
  if (known.length === 0) return
  known.sort((a, b) => (a.id < b.id ? -1 : 1))
  await lockCampaignsOfLeads(
    tx,
    known.map(({ id }) => id),
  )
  for (let i = 0; i < known.length; i += FILL_AT_ONCE) {
    const leads = known.slice(i, i + FILL_AT_ONCE).map(({ lead }) => lead)
    await fillLeads(tx, leads, at)
  }
}

async function findBatch(tx: Tx, batchId: string) {
  const batch = await lockBatch(tx, batchId)
  if (batch) return batch
  throw new DomainError(
    'not_found',
    'This batch does not exist any more. Nothing was imported. Choose another batch.',
    {
      batchId,
    },
  )
}

async function makeBatch(tx: Tx, name: string, at: Date) {
  const batch = await insertBatch(tx, { name, description: null, at })
  if (!batch) throw new Error('The batch was not inserted')
  return batch
}

const nameOf = ({ batchName, fileName }: ImportLeads) =>
  batchName?.trim() || fileName.replace(/\.(csv|tsv|txt)$/i, '').trim() || 'Imported leads'
