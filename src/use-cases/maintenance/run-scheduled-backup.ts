import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Deps } from '@/deps'
import { backupsToDelete, isBackupDue, nameOfBackup, timeOfBackup } from '@/domain/backup/keep'
import { createBackup } from './create-backup'

const UNFINISHED = '.partial'

/**
 * Makes the backup of the day in the folder that the environment names, where none was made yet, and deletes those that are not needed
 * any more. Only what has the name of a scheduled backup is looked at. Does nothing without such a folder.
 */
export async function runScheduledBackup({ sql, clock, log, config }: Deps): Promise<void> {
  if (!config.backups) return
  const { directory, passphrase, secrets } = config.backups
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const names = await readdir(directory)
  const backups = names.flatMap((name) => {
    const at = timeOfBackup(name)
    return at ? [{ name, at }] : []
  })
  const at = clock.realNow()
  const times = backups.map((backup) => backup.at)
  if (isBackupDue(times, at)) {
    // One job at a time: what is unfinished was cut off.
    const cutOff = names.filter((name) => name.endsWith(UNFINISHED) && timeOfBackup(name.slice(0, -UNFINISHED.length)))
    for (const name of cutOff) await rm(join(directory, name), { force: true })
    const name = nameOfBackup(at)
    const made = await createBackup(sql, { path: join(directory, name), secrets, passphrase, at })
    backups.push({ name, at })
    log.info({ file: name, ...made }, 'backup made')
  }
  for (const { name } of backupsToDelete(backups)) {
    await rm(join(directory, name), { force: true })
    log.info({ file: name }, 'backup deleted that is not needed any more')
  }
}
