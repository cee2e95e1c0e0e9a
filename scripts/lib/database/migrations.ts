import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationList, SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm'
import { Client } from 'pg'
import type { Migration } from '../../../src/domain/backup/manifest'
import { Problem } from '../problem'
import { type Waiting, whileNobodyMigrates } from './migration-lock'
import { runnable, SCHEMA_PATH, withSchemaEngine } from './schema-engine'

export const MIGRATIONS_DIR = 'prisma/migrations'

/** The engine leaves nothing out: every table of the default schema is ours. */
const EVERYTHING: SchemaFilter = { externalTables: [], externalEnums: [] }
// What migrates where commands of npm are at hand.
const MIGRATION = 'npm run db:migrate'

/**
 * Applies the migrations of `folder` the database has not seen, in order, and returns their names. They are
 * written to `_prisma_migrations` with their checksums, so `prisma migrate deploy` can go on from there. Several
 * processes may call it at once: one works, the others wait and say so. Throws a Problem that names the migration that failed.
 */
export async function migrate(url: string, folder = MIGRATIONS_DIR, waiting: Waiting = {}): Promise<string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await whileNobodyMigrates(client, waiting, async () => {
      const migrationsList = await readMigrations(folder)
      // The usual case, without loading the engine: nothing to apply.
      if (await isUpToDate(client, migrationsList)) return []
      return withSchemaEngine(url, async (engine) => {
        try {
          return (await engine.applyMigrations({ migrationsList, filters: EVERYTHING })).appliedMigrationNames
        } catch (error) {
          throw await afterFailure(engine, client, error)
        }
      })
    })
  } finally {
    await client.end()
  }
}

/**
 * Throws a Problem unless the database is migrated to just this version: when it is empty, behind, ahead, or was cut
 * off halfway. Changes nothing. `command` is to be repeated afterwards, as in "npm run worker"; `migration` is what migrates.
 */
export async function requireMigrated(url: string, command: string, migration = MIGRATION): Promise<void> {
  const fault = await findMigrationFault(url, migration)
  if (!fault) return
  throw new Problem(
    `The database ${fault.state}. Nothing was started or changed. ${fault.remedy}, then "${command}" again.`,
  )
}

/** `isEmpty`: there are no tables at all. */
type MigrationFault = { state: string; remedy: string; isEmpty: boolean }

/** Why the database is not migrated to just this version, and what puts that right; null when it is. Changes nothing. */
export async function findMigrationFault(url: string, migration = MIGRATION): Promise<MigrationFault | null> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const migrationsList = await readMigrations()
    if (await isUpToDate(client, migrationsList)) return null
    const known = migrationsList.migrationDirectories.map(({ path }) => path)
    return judgeApplied(await readApplied(client), { known, migration })
  } finally {
    await client.end()
  }
}

function judgeApplied(
  applied: AppliedMigration[] | null,
  { known, migration }: { known: string[]; migration: string },
): MigrationFault {
  const remedy = `Run "${migration}" with the same DATABASE_URL`
  if (!applied || applied.length === 0) return { state: 'has no tables of LeadNexConnect yet', remedy, isEmpty: true }
  const unknown = applied.flatMap(({ name }) => (known.includes(name) ? [] : [name]))
  if (unknown.length > 0) {
    const state = `is of a newer version than this folder, which does not know ${unknown.join(', ')}`
    return { state, remedy: 'Bring this folder up to that version', isEmpty: false }
  }
  const missing = known.filter((name) => !applied.some((row) => row.done && row.name === name))
  if (missing.length > 0)
    return { state: `is of an older version than this folder: ${missing.join(', ')} missing`, remedy, isEmpty: false }
  const state = 'was migrated by another text than this folder has'
  return { state, remedy: `${remedy}, which names it`, isEmpty: false }
}

/** SQL that brings the database at `url` to prisma/schema.prisma; empty when they agree. */
export function sqlToSchema(url: string): Promise<string> {
  return diff(url, { script: true })
}

/**
 * Differences of the database at `url` from prisma/schema.prisma, in words; empty when they agree. Checks, triggers,
 * functions and partial indexes, which the schema file cannot express, do not count.
 */
export function differencesToSchema(url: string): Promise<string> {
  return diff(url, { script: false })
}

async function diff(url: string, { script }: { script: boolean }): Promise<string> {
  const files = [{ path: SCHEMA_PATH, content: await readFile(SCHEMA_PATH, 'utf8') }]
  const { stdout, exitCode } = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script,
      exitCode: true,
      filters: EVERYTHING,
    }),
  )
  return exitCode === 0 ? '' : (stdout ?? '')
}

/**
 * A script runs as one transaction, so one that was refused has left nothing: it is noted as rolled back and may run
 * again once its cause is corrected. One that was cut off is left for people to judge.
 */
async function afterFailure(engine: SchemaEngine, client: Client, error: unknown): Promise<Problem> {
  const applied = await readApplied(client)
  const rows = applied ? await readFailed(client) : []
  // Refused before it could note anything.
  if (rows.length === 0) {
    const left = applied ? 'Nothing was left half done, and what was applied before stays.' : 'Nothing was changed.'
    return new Problem(`The database could not be migrated: ${reasonOf(error)}\n${left}`, { cause: error })
  }
  for (const { name, refused } of rows) if (refused) await engine.markMigrationRolledBack({ migrationName: name })
  const names = rows.map(({ name }) => name).join(', ')
  const outcome = rows.every(({ refused }) => refused)
    ? 'It was rolled back; those before it stay applied. Correct the cause, then start again.'
    : `It was cut off by the end of its process, so look whether its changes are there; then "npx prisma migrate resolve".`
  return new Problem(`Migration ${names} failed: ${reasonOf(error)}\n${outcome}`, { cause: error })
}

async function readFailed(client: Client): Promise<{ name: string; refused: boolean }[]> {
  const { rows } = await client.query<{ name: string; refused: boolean }>(
    `SELECT migration_name AS name, logs IS NOT NULL AS refused
     FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  )
  return rows
}

type AppliedMigration = { name: string; checksum: string; done: boolean }

/** The migrations that were begun and not rolled back; null when there was never one. */
async function readApplied(client: Client): Promise<AppliedMigration[] | null> {
  const { rows: tables } = await client.query("SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL")
  if (tables.length === 0) return null
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS done
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  )
  return rows
}

// A migration that was edited after it ran, failed or is unknown here is left to the engine to judge.
async function isUpToDate(client: Client, { migrationDirectories }: MigrationList): Promise<boolean> {
  const rows = await readApplied(client)
  if (!rows) return false
  const done = new Map(rows.map((row) => [row.name, row]))
  return (
    rows.length === migrationDirectories.length &&
    migrationDirectories.every(({ path, migrationFile: { content } }) => {
      const row = done.get(path)
      return row?.done && content.tag === 'ok' && row.checksum === checksumOf(content.value)
    })
  )
}

const checksumOf = (script: string) => createHash('sha256').update(script).digest('hex')

async function readMigrations(folder = MIGRATIONS_DIR): Promise<MigrationList> {
  const names = existsSync(folder)
    ? (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    : []
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (path) => {
        const value = await readFile(join(folder, path, 'migration.sql'), 'utf8')
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
      }),
    ),
  }
}

/** Every migration of this folder with its script as it runs, in the order of their names. */
export async function readMigrationScripts(): Promise<Migration[]> {
  const { migrationDirectories } = await readMigrations()
  return migrationDirectories.map(({ path, migrationFile: { content } }) => {
    if (content.tag !== 'ok') throw new Error(`Migration ${path} cannot be read`)
    return { name: path, checksum: checksumOf(content.value), script: runnable(content.value) }
  })
}

function reasonOf(error: unknown): string {
  const { message, meta } = error as { message?: string; meta?: { message?: string } }
  // Without the engine's own steps, which it lists after what happened.
  const lines = (meta?.message ?? message ?? String(error)).split('\n').filter((line) => line.trim() !== '')
  return lines.filter((line) => !/^\s+(\d+: |with |at )|^external connector error$/.test(line)).join('\n')
}
