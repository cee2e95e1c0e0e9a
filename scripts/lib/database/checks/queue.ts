import { createRequire } from 'node:module'
import type { Client } from 'pg'
import { JOB } from '../../../../src/queue/jobs'
import { identifier, psql } from '../database-address'
import { type DatabaseCheck, read } from './check'

/** The version of the queue's tables that this folder's pg-boss makes; older ones it brings up to date. */
const OUR_VERSION: number = createRequire(import.meta.url)('pg-boss/package.json').pgboss.schema

/** pg-boss migrates what it finds in its schema: it must be ours, and not of a newer version. */
export const queue: DatabaseCheck = {
  name: 'queue',
  fine: 'leaves the schema of jobs to LeadNexConnect',
  find: async ({ client, address, queueSchema }) => {
    const state = await readQueue(client, queueSchema)
    if (state === null) return null
    const elsewhere = `PGBOSS_SCHEMA=leadnexconnect_jobs, the same for every process`
    if (state.version === null || !state.isOurs) {
      const drop = psql(address, address.user, `DROP SCHEMA ${identifier(queueSchema)} CASCADE`)
      return {
        state: `has a schema ${queueSchema} that belongs to another program`,
        remedy: `Keep the jobs in another one: ${elsewhere}. Where that program is gone for good: ${drop}.`,
      }
    }
    if (state.version <= OUR_VERSION) return null
    return {
      state: `has jobs of a newer version in its schema ${queueSchema} (${state.version}; this folder has ${OUR_VERSION})`,
      remedy: `Bring this folder up to that version, or keep its jobs in another schema: ${elsewhere}.`,
    }
  },
}

type State = { version: number | null; isOurs: boolean }

/** What is in the schema; null where there is nothing, or nothing that this role may read. */
async function readQueue(client: Client, schema: string): Promise<State | null> {
  const [found] = await read<{ tables: string[]; mayRead: boolean; hasOurTables: boolean }>(
    client,
    `SELECT coalesce(array_agg(relname::text), '{}') AS tables,
       coalesce(bool_and(has_table_privilege(oid, 'SELECT')), false) AND has_schema_privilege(to_regnamespace($1), 'USAGE') AS "mayRead",
       to_regclass('public._prisma_migrations') IS NOT NULL AS "hasOurTables"
     FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p', 'v')`,
    [schema],
  )
  if (!found || found.tables.length === 0 || !found.mayRead) return null
  if (!['version', 'queue', 'job'].every((name) => found.tables.includes(name))) return { version: null, isOurs: false }
  const its = identifier(schema)
  const [row] = await read<{ version: number }>(client, `SELECT max(version)::int AS version FROM ${its}.version`)
  const queues = await read<{ name: string }>(client, `SELECT name FROM ${its}.queue`)
  const names = queues.map(({ name }) => name).filter((name) => !name.startsWith('__pgboss__'))
  const known = names.filter((name) => Object.values<string>(JOB).includes(name))
  // Beside our tables, what is not known is of another version.
  const isOurs = known.length === names.length || (found.hasOurTables && known.length > 0)
  return { version: row?.version ?? null, isOurs }
}
