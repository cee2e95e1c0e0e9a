import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { noteBackup, noteBackupFailure } from '@/db/queries/maintenance/backup-state'
import type { Config, Deps } from '@/deps'
import { backupsToDelete, isBackupDue, nameOfBackup, timeOfBackup } from '@/domain/backup/keep'
import { createBackup } from './create-backup'

const UNFINISHED = /(\.[\da-f]{8})?\.partial$/

/**
 * Makes the backup of the day in the folder that the environment names, where none was made yet, and deletes those that are not needed
 * any more. Only what has the name of a scheduled backup is looked at. Does nothing without such a folder. What keeps it from being made is
 * noted, so that people are told.
 */
export async function runScheduledBackup(deps: Deps): Promise<void> {
  const { sql, clock, log, config } = deps
  if (!config.backups) return
  try {
    await backUpIfDue(deps, config.backups)
  } catch (error) {
    const failure = failureOf(error as NodeJS.ErrnoException, config.backups.directory)
    await noteBackupFailure(sql, { triedAt: clock.realNow(), failure }).catch((err: Error) =>
      log.warn({ err }, 'that no backup could be made was not noted'),
    )
    throw error
  }
}

async function backUpIfDue({ sql, clock, log }: Deps, backups: NonNullable<Config['backups']>): Promise<void> {
  const { directory, passphrase, secrets } = backups
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const names = await readdir(directory)
  const there = names.flatMap((name) => {
    const at = timeOfBackup(name)
    return at ? [{ name, at }] : []
  })
  const at = clock.realNow()
  const times = there.map((backup) => backup.at)
  if (isBackupDue(times, at)) {
    // One job at a time: what is unfinished was cut off.
    const cutOff = names.filter((name) => UNFINISHED.test(name) && timeOfBackup(name.replace(UNFINISHED, '')))
    for (const name of cutOff) await rm(join(directory, name), { force: true })
    const name = nameOfBackup(at)
    const made = await createBackup(sql, { path: join(directory, name), secrets, passphrase, at })
    there.push({ name, at })
    log.info({ file: name, ...made }, 'backup made')
    await noteBackup(sql, { madeAt: at, place: name })
  }
  for (const { name } of backupsToDelete(there)) {
    await rm(join(directory, name), { force: true })
    log.info({ file: name }, 'backup deleted that is not needed any more')
  }
}

/** Why no backup could be made, as people read it. */
function failureOf({ code, message }: NodeJS.ErrnoException, directory: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return `The disk of ${directory} is full.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `The worker may not write into ${directory}.`
  return message.trim()
}
