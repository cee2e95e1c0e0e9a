import { Client } from 'pg'
import { findPooling } from '../../../../src/db/pooling'
import type { Refusal } from '../connection-refusal'
import type { DatabaseAddress } from '../database-address'
import { type DatabaseCheck, read } from './check'

const statementMode = ({ variable }: DatabaseAddress): Refusal => ({
  state: 'is behind a pooler in statement mode, which knows no transactions',
  remedy: `Let it pool by session or by transaction (PgBouncer: pool_mode), or name PostgreSQL itself in ${variable}.`,
})

/** Workers, migrations and backups hold sessions: locks, prepared statements, notifications. Lists ask a session of a replica how far it is. */
export const pooler: DatabaseCheck = {
  name: 'pooler',
  fine: 'can be used for as long as a session lasts',
  hidesRest: true,
  find: async ({ address }) => {
    const pooling = await findPooling(address.href)
    if (pooling === 'statement') return statementMode(address)
    if (pooling !== 'transaction') return null
    const remedy =
      address.variable === 'DATABASE_URL'
        ? 'Set DIRECT_DATABASE_URL to an address that leads to PostgreSQL itself, or to a pooler in session mode; DATABASE_URL then serves the pages.'
        : 'Let it lead to PostgreSQL itself, or to a pooler in session mode.'
    const whom = address.variable === 'DATABASE_REPLICA_URL' ? 'lists' : 'workers and migrations'
    return { state: `is behind a pooler in transaction mode, which ${whom} cannot use`, remedy }
  },
}

/** Pages need no session for longer than a transaction. */
export const poolerOfPages: DatabaseCheck = {
  name: 'pooler-of-pages',
  fine: 'can be used by pages',
  find: async ({ address }) => ((await findPooling(address.href)) === 'statement' ? statementMode(address) : null),
}

/** Both addresses lead to one database: a campaign started on one is sent from the other. */
export const sameDatabase = (direct: DatabaseAddress): DatabaseCheck => ({
  name: 'same-database',
  fine: 'is the same as that of DIRECT_DATABASE_URL',
  find: async ({ client, address }) => {
    const other = new Client({ connectionString: direct.href })
    other.on('error', () => undefined)
    await other.connect()
    try {
      const [here, there] = await Promise.all([read<Identity>(client, IDENTITY), read<Identity>(other, IDENTITY)])
      if (here[0]?.identity === there[0]?.identity) return null
    } finally {
      await other.end().catch(() => undefined)
    }
    return {
      state: `is another one than that of ${direct.variable} (${direct.where})`,
      remedy: `Let both lead to one database: correct ${address.variable} or ${direct.variable}.`,
    }
  },
})

type Identity = { identity: string }
const IDENTITY = `
  SELECT system_identifier::text || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS identity
  FROM pg_control_system()`
