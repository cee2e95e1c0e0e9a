import type { CsvInput } from '@/csv/csv-file'
import { pastedSource } from '@/csv/csv-text'
import { countOpenImports, lockStartsOf } from '@/db/queries/lead-imports/count-open-imports'
import { insertImport } from '@/db/queries/lead-imports/insert-import'
import { lockBatch } from '@/db/queries/leads/insert-batch'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import type { OptOutChoice } from '@/domain/lead/opt-outs'
import { OPEN_AT_ONCE } from '@/domain/lead-import/state'
import { keepFile } from './imports/kept-file'
import { type OpenedImport, openImport, readingOf } from './imports/opened-import'

export type StartImport = CsvInput & {
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
  by: string | null
}

/**
 * Takes a file for an import in the background, and keeps it until that has ended. What can be said at once is said at once: that it
 * cannot be read, or has no column of addresses.
 * @throws {DomainError} unreadable_file, missing_column, invalid_input, not_found, in_use
 */
export async function startImport(deps: Deps, input: StartImport): Promise<{ id: string }> {
  const started = await saveImport(deps, input, await openImport(input))
  await deps.queue.enqueueImport(started.id)
  deps.log.info({ import: started.id, by: input.by }, 'import accepted')
  return started
}

/** Saves an opened file as an import that waits. @throws {DomainError} not_found, in_use */
export async function saveImport(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  input: StartImport,
  opened: OpenedImport,
): Promise<{ id: string }> {
  const { fileName, batchId = null, by } = input
  const source = input.source ?? pastedSource(input.text ?? '', fileName)
  return transaction(sql, async (tx) => {
    await refuseTooMany(tx, by)
    const batch = batchId ? await findBatch(tx, batchId) : null
    const saved = await insertImport(tx, {
      fileName,
      size: source.size,
      byId: by,
      reading: readingOf(opened, input.optOuts ?? 'leave_out'),
      batchId,
      batchName: batch?.name ?? nameOf(input),
      at: clock.realNow(),
      acceptedAt: clock.now(),
    })
    if (!saved) throw new Error('The import was not inserted')
    await keepFile(tx, saved.id, source)
    return { id: saved.id }
  })
}

async function findBatch(tx: Tx, batchId: string) {
  const batch = await lockBatch(tx, batchId)
  if (batch) return batch
  throw new DomainError(
    'not_found',
    'This batch does not exist any more. Nothing was imported. Choose another batch.',
    { batchId },
  )
}

/** In the transaction that adds one: imports that a person starts at the same time are counted one after the other. */
async function refuseTooMany(tx: Tx, by: string | null) {
  if (by === null) return
  await lockStartsOf(tx, by)
  if ((await countOpenImports(tx, by)) < OPEN_AT_ONCE) return
  throw new DomainError(
    'in_use',
    `${OPEN_AT_ONCE} of your imports wait already. Nothing was imported. Wait until one has ended, or cancel one.`,
  )
}

const nameOf = ({ batchName, fileName }: StartImport) =>
  batchName?.trim() || fileName.replace(/\.(csv|tsv|txt)$/i, '').trim() || 'Imported leads'
