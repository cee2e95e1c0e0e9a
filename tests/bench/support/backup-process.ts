import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from, to } from 'pg-copy-streams'
import { backUp, restoreInto } from '../../support/database/backups'
import { timed } from './figures'
import { peakMemory } from './process-use'

/** What one process does and is measured by. */
export type Work = { kind: 'backup' | 'restore' | 'copy-out' | 'copy-in'; url: string; file: string; folder: string }

const { kind, url, file, folder }: Work = JSON.parse(process.argv[2] ?? '{}')
let rows = 0

/** Every table by bare COPY, one after the other, in one transaction. */
async function copy(one: (client: Client, table: string, path: string) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows: tables } = await client.query<{ place: string; name: string }>(
    `SELECT c.relname || '(' || string_agg(quote_ident(a.attname), ',' ORDER BY a.attname) || ')' AS place, c.relname::text AS name
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' GROUP BY c.relname ORDER BY 2`,
  )
  await client.query('BEGIN; SET LOCAL session_replication_role = replica')
  if (kind === 'copy-in') await client.query(`TRUNCATE ${tables.map(({ name }) => name).join()}`)
  for (const { place, name } of tables) await one(client, place, join(folder, name))
  await client.query('COMMIT')
  await client.end()
}

const WORK: Record<Work['kind'], () => Promise<void>> = {
  backup: async () => {
    rows = (await backUp(url, file)).rows
  },
  // By the time of the house, in which what is planned lies ahead.
  restore: async () => {
    rows = (await restoreInto(url, file)).rows
  },
  'copy-out': () =>
    copy(async (client, place, path) => {
      await pipeline(client.query(to(`COPY ${place} TO STDOUT`)), createWriteStream(path))
    }),
  'copy-in': () =>
    copy(async (client, place, path) => {
      await pipeline(createReadStream(path), client.query(from(`COPY ${place} FROM STDIN`)))
    }),
}

const ms = await timed(WORK[kind])
process.send?.({ ms, rows, memory: peakMemory(process.pid) })
