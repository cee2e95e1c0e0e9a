import { beginRollbackIf, countImportedFacts } from '@/db/queries/lead-imports/roll-back'
import { type ImportRow, selectImport } from '@/db/queries/lead-imports/select-imports'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { countFates, fateOf, type RollbackCounts, sumOf } from '@/domain/lead-import/rollback'
import { KEPT_DAYS, type RollbackRefusal, rollbackRefusal } from '@/domain/lead-import/state'
import { DAY_MS } from '@/domain/time/duration'

/** What a rollback would do by now. `gone` leads were deleted by somebody. */
export type RollbackPreview = RollbackCounts & { added: number; existing: number }

export type RollBackImport = {
  id: string
  /** How many leads the person saw that it takes out, and gives back. */
  expected: Pick<RollbackCounts, 'removed' | 'restored'>
  by: string | null
}

/**
 * Asks for an import to be rolled back in the background: what it alone has added goes, what it alone changed of others goes back, and
 * whoever was emailed or is planned for stays. Addresses that it put on the suppression list stay there. Refused when it would do
 * something else by now than the person has seen.
 * @throws {DomainError} not_found, conflict
 */
export async function rollBackImport(deps: Deps, { id, expected, by }: RollBackImport): Promise<{ id: string }> {
  const at = deps.clock.realNow()
  const { removed, restored } = await previewRollback(deps, { id })
  if (removed !== expected.removed || restored !== expected.restored)
    throw new DomainError(
      'conflict',
      `By now it would take out ${counted(removed, 'lead')} and give back ${restored}, not ${expected.removed} and ${expected.restored}. Nothing was changed. Look at the numbers, and say it again.`,
      { importId: id, removed, restored },
    )
  const endedAfter = new Date(at.getTime() - KEPT_DAYS * DAY_MS)
  if (!(await beginRollbackIf(deps.sql, { id, byId: by, endedAfter, at }))) {
    await rollable(deps.sql, id, at)
    throw refused(id, 'It has changed just now. Try again.')
  }
  await deps.queue.enqueueImport(id)
  deps.log.info({ import: id, by, removed, restored }, 'import is rolled back')
  return { id }
}

/** Says what a rollback would do. @throws {DomainError} not_found, conflict */
export async function previewRollback(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { id }: { id: string },
): Promise<RollbackPreview> {
  const { added, existing } = await rollable(sql, id, clock.realNow())
  const groups = await countImportedFacts(sql, id)
  const counts = countFates(groups.map(({ leads, ...lead }) => ({ fate: fateOf(lead), leads })))
  return { ...counts, gone: Math.max(0, added + existing - sumOf(counts)), added, existing }
}

/** The import, where it can be rolled back. @throws {DomainError} not_found, conflict */
async function rollable(sql: Sql, id: string, now: Date): Promise<ImportRow> {
  const row = await selectImport(sql, id)
  if (!row) throw new DomainError('not_found', 'This import does not exist. Nothing was changed.', { importId: id })
  const refusal = rollbackRefusal(row, now)
  if (refusal) throw refused(id, WHY[refusal])
  return row
}

const WHY: Record<RollbackRefusal, string> = {
  under_way: 'It has not ended yet. Wait until it has, or cancel it.',
  rolling_back: 'It is being rolled back already.',
  rolled_back: 'It was rolled back before.',
  brought_nobody: 'It brought no lead, so there is nothing to take back.',
  too_old: `It ended more than ${KEPT_DAYS} days ago, and who came by it is known for ${KEPT_DAYS} days.`,
}

const refused = (importId: string, why: string) =>
  new DomainError('conflict', `This import cannot be rolled back. ${why} Nothing was changed.`, { importId })
