import { readdirSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nameOfBackup } from '@/domain/backup/keep'
import { openBackup } from '@/use-cases/maintenance/open-backup'
import { runScheduledBackup } from '@/use-cases/maintenance/run-scheduled-backup'
import { createBackupFolder, PASSPHRASE, SECRETS } from '../../support/database/backups'
import { createEngine, type Engine } from '../../support/engine'

let engine: Engine
let files: ReturnType<typeof createBackupFolder>
beforeEach(async () => {
  engine = await createEngine()
  files = createBackupFolder()
})
afterEach(async () => {
  await engine.close()
  files.remove()
})

const runAt = (at: string) => {
  const { deps } = engine
  const directory = files.path('daily')
  const config = { ...deps.config, backups: { directory, passphrase: PASSPHRASE, secrets: SECRETS } }
  return runScheduledBackup({ ...deps, config, clock: { ...deps.clock, realNow: () => new Date(at) } })
}
const made = () => readdirSync(files.path('daily')).sort()

it('one a day, that can be restored, and those that are not needed go', async () => {
  await runAt('2026-03-01T00:10:00Z')
  await runAt('2026-03-01T01:10:00Z')
  expect(made()).toEqual(['leadnexconnect-2026-03-01T00-10-00Z.tar.zst'])
  const backup = await openBackup(files.path(`daily/${made()[0]}`))
  expect(await backup.openSecrets(PASSPHRASE)).toEqual(SECRETS)
  // A month of days before it, made as if by then.
  for (let day = 1; day <= 28; day++)
    writeFileSync(files.path(`daily/${nameOfBackup(new Date(Date.UTC(2026, 1, day)))}`), '')
  await runAt('2026-03-02T00:10:00Z')
  expect(made().map((name) => name.slice(15, 25))).toEqual([
    ...['2026-02-15', '2026-02-22', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28'],
    ...['2026-03-01', '2026-03-02'],
  ])
})

it('leaves what is not its own, and clears what was cut off', async () => {
  await runAt('2026-03-01T00:10:00Z')
  for (const name of ['mine.tar.zst', 'notes.txt', 'leadnexconnect-2026-03-01T00-00-00Z.tar.zst.partial'])
    writeFileSync(files.path(`daily/${name}`), '')
  await runAt('2026-03-02T00:10:00Z')
  expect(made()).toEqual([
    'leadnexconnect-2026-03-01T00-10-00Z.tar.zst',
    'leadnexconnect-2026-03-02T00-10-00Z.tar.zst',
    'mine.tar.zst',
    'notes.txt',
  ])
})

it('makes none without a folder', async () => {
  await runScheduledBackup(engine.deps)
  expect(readdirSync(files.path('.'))).toEqual([])
})
