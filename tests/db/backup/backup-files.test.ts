import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBackup } from '@/use-cases/maintenance/open-backup'
import { missingDisk } from '../../chaos/support/databases/troubled-server'
import { backUp, createBackupFolder } from '../../support/database/backups'
import { runSql } from '../../support/database/role'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'

describe('the file of a backup', () => {
  let files: ReturnType<typeof createBackupFolder>
  let database: TestDatabase
  beforeEach(async () => {
    files = createBackupFolder()
    database = await createTestDatabase()
  })
  afterEach(async () => {
    await database.drop()
    files.remove()
  })

  it('is readable for its owner alone, whatever lay there unfinished', async () => {
    writeFileSync(files.path('file.partial'), '', { mode: 0o644 })
    await backUp(database.url, files.path('file'))
    expect(statSync(files.path('file')).mode & 0o777).toBe(0o600)
  })

  it('is whole, also where two are made under one name at once', async () => {
    const path = files.path('file')
    const made = await Promise.allSettled([backUp(database.url, path), backUp(database.url, path)])
    expect(made.map(({ status }) => status)).toContain('fulfilled')
    expect((await openBackup(path)).path).toBe(path)
    expect(readdirSync(files.path('.'))).toEqual(['file'])
  })

  it.skipIf(missingDisk() !== null)(
    'is not there where the disk has no room for it (left out where no small disk can be mounted)',
    async () => {
      const disk = files.path('disk')
      mkdirSync(disk)
      execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
      try {
        // More than waits on the way: the server is still sending when the disk says no.
        await runSql(
          database.url,
          'CREATE TABLE a_large_one AS SELECT sha512(i::text::bytea) AS noise FROM generate_series(1, 400000) i',
        )
        await expect(backUp(database.url, `${disk}/file`)).rejects.toMatchObject({ code: 'ENOSPC' })
        expect(readdirSync(disk)).toEqual([])
      } finally {
        execFileSync('/bin/umount', [disk])
      }
    },
  )
})
