import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import {
  AT_ONE_MOMENT,
  type CopiedTable,
  copyTable,
  endCopy,
  selectAppliedMigrations,
  selectSequences,
  selectTablesToCopy,
} from '@/db/queries/maintenance/copy-tables'
import { type SqlPool, type Tx, transaction } from '@/db/sql'
import { FORMAT, MANIFEST, type Manifest, SECRETS, SUMS, type Sums } from '@/domain/backup/manifest'
import type { BackedUpSecrets } from '@/domain/backup/secrets'
import { DomainError } from '@/domain/errors'
import { fingerprintOf } from '@/lib/encryption'
import { sealWithPassphrase } from '@/lib/passphrase'
import { type ArchiveWriter, writeArchive } from './archive-file'
import { hasTables, loadInstallations } from './installation-facts'

export type CreateBackup = {
  /** The file that is made. */
  path: string
  secrets: BackedUpSecrets
  passphrase: string
  /** Real time. */
  at: Date
}

/** Rows and bytes of a backup that was made. */
export type Backup = { tables: number; rows: number; bytes: number }

// A part of a table in memory, which tar wants to know the length of before it is written.
const PART_BYTES = 512 * 1024

/**
 * Writes everything that the database holds but its jobs, as it was at one moment, and the keys, sealed with the passphrase. Sending
 * goes on meanwhile. The file has its name once it is whole; memory does not grow with the tables.
 * @throws {DomainError} conflict, when the file is there already, the database holds nothing, or the key is another one's
 */
export async function createBackup(sql: SqlPool, { path, secrets, passphrase, at }: CreateBackup): Promise<Backup> {
  if (existsSync(path)) throw isThere(path)
  if (!(await hasTables(sql, '_prisma_migrations')))
    throw new DomainError('conflict', 'The database holds nothing yet. Nothing was written.')
  await requireOwnKey(sql, secrets)
  const sealed = await sealWithPassphrase(passphrase, JSON.stringify(secrets))
  // Nobody else writes into it, nor has made it readable for others before.
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.partial`
  const archive = writeArchive(unfinished, at)
  try {
    const sums = await transaction(sql, (tx) => copyAll(tx, { archive, sealed, at }), { first: AT_ONE_MOMENT })
    await archive.end()
    if (existsSync(path)) throw isThere(path)
    await rename(unfinished, path)
    return { tables: sums.length, rows: sums.reduce((all, { rows }) => all + rows, 0), bytes: (await stat(path)).size }
  } catch (error) {
    await archive.abandon(error as Error)
    await rm(unfinished, { force: true })
    throw error
  }
}

const isThere = (path: string) =>
  new DomainError('conflict', `${path} is there already. Nothing was written. Name another file.`)

async function requireOwnKey(sql: SqlPool, { encryptionKey }: BackedUpSecrets): Promise<void> {
  const [stored] = await loadInstallations(sql)
  if (!stored || stored.keyFingerprint === fingerprintOf(encryptionKey)) return
  throw new DomainError(
    'conflict',
    'The encryption key here is not the one that this database is sealed with: the backup could not be used. Nothing was written. ' +
      'Make it where the app runs, with its ENCRYPTION_KEY or its .data/secrets.json.',
  )
}

type CopyAll = { archive: ArchiveWriter; sealed: string; at: Date }

async function copyAll(tx: Tx, { archive, sealed, at }: CopyAll): Promise<Sums> {
  const applied = await selectAppliedMigrations(tx)
  const cutOff = applied.find(({ done }) => !done)
  if (cutOff)
    throw new DomainError(
      'conflict',
      `Migration ${cutOff.name} was cut off halfway. Nothing was written. Start the app.`,
    )
  const tables = await selectTablesToCopy(tx)
  const migrations = applied.map(({ name, checksum }) => ({ name, checksum }))
  const sequences = await selectSequences(tx)
  const manifest = { format: FORMAT, takenAt: at, migrations, tables, sequences } satisfies Manifest
  await archive.add(MANIFEST, [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)])
  await archive.add(SECRETS, [Buffer.from(`${sealed}\n`)])
  const sums: Sums = []
  for (const table of tables) sums.push(await copyOne(tx, archive, table))
  await archive.add(SUMS, [Buffer.from(`${JSON.stringify(sums, null, 2)}\n`)])
  return sums
}

async function copyOne(tx: Tx, archive: ArchiveWriter, table: CopiedTable): Promise<Sums[number]> {
  const hash = createHash('sha256')
  const rows = copyTable(tx, table)
  let parts: Buffer[] = []
  let bytes = 0
  let number = 0
  const put = async () => {
    const part = parts
    parts = []
    bytes = 0
    await archive.add(`tables/${table.name}/${String(++number).padStart(6, '0')}`, part)
  }
  let failure: unknown
  const fail = (error: unknown) => {
    failure = error
  }
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    // The server goes on until it has sent all, and hears of nothing before: what cannot be written any more is let pass.
    if (failure) continue
    hash.update(chunk)
    parts.push(chunk)
    bytes += chunk.length
    if (bytes >= PART_BYTES) await put().catch(fail)
  }
  await endCopy(tx)
  if (failure) throw failure
  if (bytes > 0) await put()
  return { table: table.name, rows: rows.rowCount, sha256: hash.digest('hex') }
}
