import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { MIGRATIONS_DIR, migrate } from '../../../scripts/lib/database/migrations'
import { createEmptyDatabase } from './empty-database'
import type { TestDatabase } from './test-database'

/** Rows of a database as a version had left it, in a file named after the last of its migrations. */
const STATES_DIR = 'tests/fixtures/databases'
const SUFFIX = '.jsonl.gz'

type Line = { table: string; row: Record<string, unknown> }

/** Names of the migrations whose states are kept, oldest first. */
export const keptStates = () =>
  readdirSync(STATES_DIR)
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort()

/** The rows of a kept state by table. */
export function readState(name: string): Map<string, Line['row'][]> {
  const rows = new Map<string, Line['row'][]>()
  for (const line of gunzipSync(readFileSync(join(STATES_DIR, name + SUFFIX)))
    .toString()
    .trimEnd()
    .split('\n')) {
    const { table, row }: Line = JSON.parse(line)
    rows.set(table, [...(rows.get(table) ?? []), row])
  }
  return rows
}

/** A database migrated up to this state alone and filled with it. */
export async function restoreState(name: string): Promise<TestDatabase> {
  const database = await createEmptyDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    for (const migration of readdirSync(MIGRATIONS_DIR))
      if (migration <= name) cpSync(join(MIGRATIONS_DIR, migration), join(folder, migration), { recursive: true })
    await migrate(database.url, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
  await connected(database.url, async (client) => {
    // As they were: no trigger counts them a second time.
    await client.query('SET session_replication_role = replica')
    for (const [table, rows] of readState(name)) {
      const into = client.escapeIdentifier(table)
      await client.query(`DELETE FROM ${into}`)
      await client.query(
        `INSERT INTO ${into} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${into}, $1::json)`,
        [JSON.stringify(rows)],
      )
    }
    await client.query("SELECT setval('scheduled_email_count_changes_id_seq', 1000000)")
  })
  return database
}

/** Keeps the rows of a database as the state of the latest migration. */
export async function saveState(url: string): Promise<void> {
  const name = readdirSync(MIGRATIONS_DIR)
    .filter((entry) => /^\d/.test(entry))
    .sort()
    .at(-1)
  const lines = await connected(url, async (client) => {
    const { rows: tables } = await client.query(
      `SELECT relname AS table FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' ORDER BY 1`,
    )
    const all: string[] = []
    for (const { table } of tables) {
      const { rows } = await client.query(`SELECT to_json(t) AS row FROM ${client.escapeIdentifier(table)} t`)
      all.push(...rows.map(({ row }) => JSON.stringify({ table, row } satisfies Line)))
    }
    return all
  })
  writeFileSync(join(STATES_DIR, `${name}${SUFFIX}`), gzipSync(lines.join('\n'), { level: 9 }))
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
