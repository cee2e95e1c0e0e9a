import { isOutOfTime } from '@/db/errors'
import {
  countHolding,
  emptyTables,
  type Holding,
  selectSequenceNames,
  selectTablesToCopy,
  setSequence,
  WHOLE,
} from '@/db/queries/maintenance/copy-tables'
import { rememberOptOuts } from '@/db/queries/maintenance/keep-opt-outs'
import {
  analyse,
  applyMigrations,
  emptySchema,
  makeTables,
  putBack,
  setAside,
} from '@/db/queries/maintenance/rebuild-tables'
import { selectSessionsAtWork } from '@/db/queries/maintenance/select-sessions'
import { type Sql, type SqlPool, type Tx, transaction } from '@/db/sql'
import { fitMigrations, type Migration } from '@/domain/backup/manifest'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { checkNobodyWorks } from './change-installation'
import { type Filled, fillTables } from './filled-tables'
import { hasTables } from './installation-facts'
import { type KeptOptOuts, keepOptOuts } from './kept-opt-outs'
import type { OpenBackup } from './open-backup'
import { type Paused, pauseRestored } from './paused-after-restore'

export type RestoreBackup = {
  backup: OpenBackup
  /** Every migration of this version, in the order of their names. */
  migrations: readonly Migration[]
  /** Whether the backup takes the place of what the database holds. */
  replace: boolean
  queueSchema: string
  /** Real time. */
  at: Date
}

/** What was restored, and what waits for a person now. */
export type Restored = Paused & Filled & KeptOptOuts & { migrated: string[] }

/**
 * Makes the database what it was when the backup was made, brings it up to this version, and pauses all that would send or buy by itself:
 * in one transaction, so that whatever ends it leaves what was. Opt-outs of the database that is replaced are kept beside the backup's.
 * Jobs are not restored; the queue is made anew by the next start.
 * @throws {DomainError} conflict, unreadable_file; nothing was changed then
 */
export async function restoreBackup(sql: SqlPool, restore: RestoreBackup): Promise<Restored> {
  const fit = requireFit(restore)
  await refuseToReplace(sql, restore)
  await checkNobodyWorks(sql, restore.at, 'restore')
  await refuseSessions(sql)
  try {
    const restored = await transaction(sql, (tx) => replaceAll(tx, restore, fit), { first: WHOLE })
    // Restored it is by now, whatever becomes of this: the server learns by itself, later.
    await transaction(sql, analyse, { first: WHOLE }).catch(() => undefined)
    return { ...restored, migrated: fit.rest.map(({ name }) => name) }
  } catch (error) {
    if (!isOutOfTime(error)) throw error
    throw new DomainError(
      'conflict',
      'Somebody is at work with the database. Nothing was changed. Stop the app, its workers and other programs that use it, then restore again.',
    )
  }
}

function requireFit({ backup: { manifest }, migrations }: RestoreBackup) {
  const fit = fitMigrations(manifest.migrations, migrations)
  if (fit.kind === 'fits') return fit
  const names = fit.names.join(', ')
  throw new DomainError(
    'conflict',
    fit.kind === 'newer'
      ? `The backup is of a newer version than this folder, which does not know ${names}. Nothing was changed. Bring this folder up to that version, then restore again.`
      : `The backup was made by another text of ${names} than this folder has. Nothing was changed. Restore it with the version that made it.`,
  )
}

async function refuseToReplace(sql: Sql, { replace }: RestoreBackup): Promise<void> {
  if (replace || (await selectTablesToCopy(sql)).length === 0) return
  const holding = (await hasTables(sql, 'users', 'leads', 'campaigns')) ? await countHolding(sql) : null
  throw new DomainError(
    'conflict',
    `The database is not empty${holding ? `: it holds ${holdingWords(holding)}` : ''}. Nothing was changed. ` +
      'To put the backup in its place, back it up first, then add --replace.',
  )
}

/** What is connected keeps in memory what it has read: keys, and emails on their way. A worker that is frozen reports nothing. */
async function refuseSessions(sql: Sql): Promise<void> {
  const found = await selectSessionsAtWork(sql)
  if (found.length === 0) return
  const words = found.map(({ name, sessions }) => `${name} (${counted(sessions, 'session')})`).join(', ')
  throw new DomainError(
    'conflict',
    `The app is connected to the database: ${words}. Nothing was changed. Stop all its processes, wherever they run, then restore again; ` +
      'a pooler keeps their sessions for some minutes.',
  )
}

const holdingWords = ({ people, leads, campaigns }: Holding) =>
  [counted(people, 'account'), counted(leads, 'lead'), counted(campaigns, 'campaign')].join(', ')

type Fit = ReturnType<typeof requireFit>

async function replaceAll(tx: Tx, restore: RestoreBackup, fit: Fit): Promise<Paused & Filled & KeptOptOuts> {
  const { backup, queueSchema, at } = restore
  const { takenAt, sequences } = backup.manifest
  const remembered = await rememberOptOuts(tx)
  await emptySchema(tx, queueSchema)
  await emptySchema(tx, 'public')
  await makeTables(tx, fit.first)
  const tables = await selectTablesToCopy(tx)
  await emptyTables(tx, tables)
  const aside = await setAside(tx)
  const filled = await fillTables(tx, backup, tables)
  await putBack(tx, aside)
  const known = new Set((await selectSequenceNames(tx)).map(({ name }) => name))
  for (const sequence of sequences) if (known.has(sequence.name)) await setSequence(tx, sequence)
  await applyMigrations(tx, fit.rest, at)
  const kept = await keepOptOuts(tx, remembered)
  return { ...filled, ...kept, ...(await pauseRestored(tx, { takenAt, at })) }
}
