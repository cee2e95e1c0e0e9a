import { beginRollbackIf, countImportedFacts } from '@/db/queries/lead-imports/roll-back'
import { selectImport } from '@/db/queries/lead-imports/select-imports'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { countFates, fateOf, type RollbackCounts, sumOf } from '@/domain/lead-import/rollback'
import { canRollBack, KEPT_DAYS } from '@/domain/lead-import/state'
import { DAY_MS } from '@/domain/time/duration'

/** What a rollback would do by now. `gone` leads were deleted by somebody. */
export type RollbackPreview = RollbackCounts & { added: number; existing: number }

/**
 * Asks for an import to be rolled back in the background: what it alone has added goes, what it changed of others goes back, and
 * whoever was emailed or is planned for stays. Addresses that it put on the suppression list stay there.
 * @throws {DomainError} not_found, conflict
 */
export async function rollBackImport(
  deps: Deps,
  { id, by }: { id: string; by: string | null },
): Promise<{ id: string }> {
  const at = deps.clock.realNow()
  const endedAfter = new Date(at.getTime() - KEPT_DAYS * DAY_MS)
  if (!(await beginRollbackIf(deps.sql, { id, byId: by, endedAfter, at }))) {
    const row = await selectImport(deps.sql, id)
    throw row ? refused(id) : missing(id)
  }
  await deps.queue.enqueueImport(id)
  deps.log.info({ import: id, by }, 'import is rolled back')
  return { id }
}

/** Says what a rollback would do. @throws {DomainError} not_found, conflict */
export async function previewRollback(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { id }: { id: string },
): Promise<RollbackPreview> {
  const row = await selectImport(sql, id)
  if (!row) throw missing(id)
  if (!canRollBack(row, clock.realNow())) throw refused(id)
  const groups = await countImportedFacts(sql, id)
  const counts = countFates(groups.map(({ leads, ...lead }) => ({ fate: fateOf(lead), leads })))
  const { added, existing } = row
  return { ...counts, gone: Math.max(0, added + existing - sumOf(counts)), added, existing }
}

const missing = (importId: string) =>
  new DomainError('not_found', 'This import does not exist. Nothing was changed.', { importId })

const refused = (importId: string) =>
  new DomainError(
    'conflict',
    `This import cannot be rolled back: it runs, brought nobody, was rolled back before, or ended more than ${KEPT_DAYS} days ago. Nothing was changed.`,
    { importId },
  )
