import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nameOfBackup } from '@/domain/backup/keep'
import { openBackup } from '@/use-cases/maintenance/open-backup'
import { createFiguresLook } from '@/use-cases/maintenance/read-figures'
import { runScheduledBackup } from '@/use-cases/maintenance/run-scheduled-backup'
import { listNotifications } from '@/use-cases/notifications/list-notifications'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { metricsOf } from '../../support/counts/metrics'
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

const at = (time: string) => ({ ...engine.deps, clock: { ...engine.clock, realNow: () => new Date(time) } })
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
  const cutOff = 'leadnexconnect-2026-03-01T00-00-00Z.tar.zst'
  for (const name of ['mine.tar.zst', 'notes.txt', `${cutOff}.partial`, `${cutOff}.0a1b2c3d.partial`])
    writeFileSync(files.path(`daily/${name}`), '')
  await runAt('2026-03-02T00:10:00Z')
  expect(made()).toEqual([
    'leadnexconnect-2026-03-01T00-10-00Z.tar.zst',
    'leadnexconnect-2026-03-02T00-10-00Z.tar.zst',
    'mine.tar.zst',
    'notes.txt',
  ])
})

it('tells owners and admins as long as none can be made, and why', async () => {
  const { deps, db } = engine
  for (const role of ['owner', 'admin', 'member'] as const)
    await db.user.create({ data: { id: role, name: role, email: `${role}@nexa.example`, role } })
  const notified = async () => {
    await recordNotifications(deps)
    const each = ['owner', 'admin', 'member'].map((userId) => listNotifications(deps, { userId }))
    return (await Promise.all(each)).map(({ rows }) => rows.map(({ title, detail }) => [title, detail]))
  }
  await runAt('2026-03-01T00:10:00Z')
  expect(await notified()).toEqual([[], [], []])
  // A file stands where the folder was.
  renameSync(files.path('daily'), files.path('moved'))
  writeFileSync(files.path('daily'), '')
  await expect(runAt('2026-03-02T00:10:00Z')).rejects.toThrow('EEXIST')
  await expect(runAt('2026-03-02T01:10:00Z')).rejects.toThrow('EEXIST')
  const words = ['The daily backup could not be made', expect.stringContaining(files.path('daily'))]
  expect(await notified()).toEqual([[words], [words], []])
  expect(await notified()).toEqual([[words], [words], []])
  expect(metricsOf(await createFiguresLook()(at('2026-03-02T02:00:00Z'))).get('leadnex_backup_failing')).toBe(1)
  rmSync(files.path('daily'))
  renameSync(files.path('moved'), files.path('daily'))
  await runAt('2026-03-02T02:10:00Z')
  expect(await notified()).toEqual([
    [[words[0], 'Backups are made again.']],
    [[words[0], 'Backups are made again.']],
    [],
  ])
  const figures = metricsOf(await createFiguresLook()(at('2026-03-02T03:10:00Z')))
  expect([figures.get('leadnex_backup_failing'), figures.get('leadnex_last_backup_age_seconds')]).toEqual([0, 3600])
})

it('makes none without a folder', async () => {
  await runScheduledBackup(engine.deps)
  expect(readdirSync(files.path('.'))).toEqual([])
})
