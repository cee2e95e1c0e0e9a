import {
  type Batch,
  countSuppressed,
  lockImportUnderWay,
  setOptOutsDone,
} from '@/db/queries/lead-imports/advance-import'
import { deletePieces } from '@/db/queries/lead-imports/insert-import'
import { beginAttempt, beginImportIf, endImportIf, takeBackAttempt } from '@/db/queries/lead-imports/move-import'
import { type ImportRow, selectImport } from '@/db/queries/lead-imports/select-imports'
import { IN_LINE, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { ImportLedger } from '@/domain/lead/import-ledger'
import type { OptOut } from '@/domain/lead/opt-outs'
import { type ImportStatus, MOST_ATTEMPTS, stuckInWords } from '@/domain/lead-import/state'
import { takeTurn } from '@/lib/take-turn'
import { addSuppressions } from '@/use-cases/suppression/add-suppressions'
import { countOptOuts, lookThrough } from './imports/find-opt-outs'
import { keptFile } from './imports/kept-file'
import { noRows, type OpenedImport, openImport } from './imports/opened-import'
import { readLeadChunks } from './imports/read-lead-chunks'
import { rollBackChunks } from './imports/roll-back-chunks'
import { storeChunk } from './imports/store-chunk'

/**
 * Works on one import until its file is through, somebody cancels it, or `signal` ends the worker; or on its rollback. Each chunk of
 * rows is committed with its place, so the next worker goes on from there; done twice at once, no row is counted or stored twice.
 * An import that gets no further, however often it is begun, ends as failed.
 */
export async function runImport(
  deps: Deps,
  { importId, signal }: { importId: string; signal?: AbortSignal },
): Promise<void> {
  const row = await selectImport(deps.sql, importId)
  if (!row) return
  if (row.status === 'rolling_back') return rollBackChunks(deps, importId, signal)
  // Counted before the work: the worker may die of it.
  const attempt = await beginAttempt(deps.sql, row.id)
  if (!attempt) return
  if (attempt.attempts > MOST_ATTEMPTS) return endImport(deps, row.id, 'failed', stuckInWords(row))
  try {
    await importRows(deps, row, { signal })
    await takeBackAttempt(deps.sql, row.id)
  } catch (error) {
    // What the file or its batch is to blame for is said to people; any other trouble is tried again.
    if (!(error instanceof DomainError)) throw error
    await endImport(deps, row.id, 'failed', error.message)
  }
}

type Watch = {
  signal?: AbortSignal | undefined
  /** The file as it came in, where this process has it; else the kept one is read. */
  opened?: OpenedImport | undefined
  /** Hears of each chunk that was stored. */
  onChunk?(ledger: ImportLedger, batch: Batch): void
  onOptOuts?(optOuts: ReadonlyMap<string, OptOut>): void
}

/** Takes the rows of an import from its place on. @throws {DomainError} unreadable_file, invalid_input, not_found */
export async function importRows(deps: Deps, row: ImportRow, watch: Watch = {}): Promise<void> {
  const { sql, clock } = deps
  const opened = watch.opened ?? (await reopen(deps, row))
  const { rows, optOuts } = await lookThrough(opened.file, opened.targets)
  if (rows === 0) throw noRows(row.fileName)
  watch.onOptOuts?.(optOuts)
  // Before the leads: should the import end here, nobody is emailed who wants none.
  if (row.reading.optOuts === 'suppress' && !row.optOutsDone && !(await suppressThose(deps, row.id, optOuts))) return
  if (row.status === 'waiting') await beginImportIf(sql, { id: row.id, rows, at: clock.realNow() })
  const optedOut = row.reading.optOuts === 'import' ? new Map<string, OptOut>() : optOuts
  const work = { file: opened.file, targets: opened.targets, optedOut }
  let place = row.place
  for await (const chunk of readLeadChunks(deps.config, work, place)) {
    if (watch.signal?.aborted) return
    const at = place
    // In turn: the lock of imports is waited for with a connection.
    const stored = await takeTurn(sql, 'import', () =>
      transaction(sql, (tx) => storeChunk(deps, tx, { id: row.id, place: at }, chunk), IN_LINE),
    )
    // It was cancelled, or goes on elsewhere.
    if (!stored) return
    place += chunk.rows
    watch.onChunk?.(stored.ledger, stored.batch)
  }
  if (place === (row.totalRows ?? rows)) await endImport(deps, row.id, 'done', null)
}

async function reopen({ sql }: Deps, { id, fileName, size, reading }: ImportRow): Promise<OpenedImport> {
  const { encoding, delimiter, headerLine, columns } = reading
  const mapping = columns.map(({ target }) => target)
  return openImport({ fileName, source: keptFile(sql, id, size), encoding, delimiter, headerLine, mapping })
}

/** Ends an import, whose file is read no more. */
export async function endImport(
  { sql, clock, log }: Deps,
  id: string,
  to: ImportStatus,
  failure: string | null,
): Promise<void> {
  const ended = await transaction(sql, async (tx) => {
    if (!(await endImportIf(tx, { id, to, failure, at: clock.realNow() }))) return false
    await deletePieces(tx, id)
    return true
  })
  if (ended) log.info({ import: id, status: to }, 'import ended')
}

/**
 * Puts those on the suppression list who want no email, some hundred at a time, and notes that it is done: an import that goes on elsewhere
 * does not put back whom somebody has taken off meanwhile. False when it was cancelled: from then on nobody is put there.
 */
async function suppressThose(deps: Deps, id: string, optOuts: ReadonlyMap<string, OptOut>): Promise<boolean> {
  for (const { reason } of countOptOuts(optOuts)) {
    const entries = [...optOuts].flatMap(([value, optOut]) =>
      optOut.reason === reason ? [{ kind: 'address' as const, value }] : [],
    )
    const { failed, error, isStopped } = await addSuppressions(deps, entries, {
      ...{ reason, source: 'import' },
      onlyIf: async (tx) => (await lockImportUnderWay(tx, id)) !== null,
      // With those, whatever happens next: done again, none of them is added.
      alongside: (tx, { added }) => countSuppressed(tx, { id, added }),
    })
    if (isStopped) return false
    // Tried again, from the first: no lead comes before everybody who wants no email is on the list.
    if (failed.length > 0) throw error
  }
  await setOptOutsDone(deps.sql, id)
  return true
}
