import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@/db/client'
import { QUEUE_SCHEMA } from '@/queue/queue-schema'
import { createBackup } from '@/use-cases/maintenance/create-backup'
import { openBackup } from '@/use-cases/maintenance/open-backup'
import { type Restored, restoreBackup } from '@/use-cases/maintenance/restore-backup'
import { readMigrationScripts } from '../../../scripts/lib/database/migrations'
import { createEngine, type Engine } from '../engine'
import { createEmptyDatabase } from './empty-database'

const HOUR_MS = 3_600_000

export const PASSPHRASE = 'four calm words here'
export const SECRETS = {
  authSecret: 'a-secret-for-tests-that-is-long-enough',
  encryptionKey: '0123456789abcdef'.repeat(4),
}

/** A folder for files of backups, gone after `remove`. */
export function createBackupFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'backups-'))
  return { path: (name: string) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Backs a database up as it is. */
export async function backUp(url: string, path: string, at = new Date()) {
  const database = createDatabase(url, { connections: 1 })
  return createBackup(database.sql, { path, secrets: SECRETS, passphrase: PASSPHRASE, at }).finally(database.close)
}

/** Restores a file into the database at `url`. */
export async function restoreInto(
  url: string,
  path: string,
  { replace = false, at = new Date() }: { replace?: boolean; at?: Date } = {},
): Promise<Restored> {
  const backup = await openBackup(path)
  const migrations = await readMigrationScripts()
  const database = createDatabase(url, { connections: 1 })
  return restoreBackup(database.sql, { backup, migrations, replace, queueSchema: QUEUE_SCHEMA, at }).finally(
    database.close,
  )
}

/** Backups of engines, and engines on what was restored of them: all gone after `close`. */
export function createRestores() {
  const files = createBackupFolder()
  const opened: Engine[] = []
  /** Restores a file at this moment into a database of its own, and opens an engine on that. */
  async function restore(path: string, at: Date) {
    const database = await createEmptyDatabase()
    const outcome = await restoreInto(database.url, path, { at })
    const restored = await createEngine({ database })
    opened.push(restored)
    return { outcome, restored }
  }
  return {
    path: files.path,
    restore,
    /** Backs an engine up now, has it restored so many hours later, and returns an engine on that whose clock stands there. */
    after: async (engine: Engine, hours: number) => {
      const takenAt = engine.clock.now()
      const path = files.path(`backup-${opened.length}`)
      await backUp(engine.url, path, takenAt)
      const at = new Date(takenAt.getTime() + hours * HOUR_MS)
      const { outcome, restored } = await restore(path, at)
      restored.clock.set(at)
      return { outcome, takenAt, at, restored }
    },
    close: async () => {
      for (const engine of opened) await engine.close()
      files.remove()
    },
  }
}
