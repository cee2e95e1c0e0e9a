import type { EventEmitter } from 'node:events'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PoolConfig } from 'pg'
import { KEPT_ALIVE } from '@/lib/kept-alive'
import { VALUES_AS_TEXT } from '@/lib/values-as-text'
import { Prisma, PrismaClient } from './generated/client'
import { PinnedPool } from './pinned-pool'
import type { Pooling } from './pooling'
import { openSql, type SqlPool } from './sql'
import { TransactionPool } from './transaction-pool'
import { SCREEN_WATCH, type Watch, WatchedPool } from './watched-pool'

/** Prisma's models without its other two doors: SQL and transactions go through `sql.ts` alone. */
export type Models = Omit<PrismaClient, '$transaction' | `$${'query' | 'execute'}Raw${'' | 'Unsafe'}`>

/** Clears a JSON column. (A plain null would be refused: it could as well mean JSON's own null.) */
export const JSON_NULL = Prisma.DbNull

export type Database = {
  /** Plain reads and writes of single rows. */
  models: Models
  /** The same connections for everything else: statements, locks, transactions. */
  sql: SqlPool
  /** Ends a connection of somebody else to the same server together with these, when that falls silent. */
  adopt(client: EventEmitter): void
  close(): Promise<void>
}

/** How long a statement may take and how long it may wait for a lock, in milliseconds; then PostgreSQL ends it. */
export type TimeLimits = { statementMs: number; lockMs: number }

/** Somebody looks at a screen and waits. What changes many rows runs in a transaction, which has more time (`sql.ts`). */
export const SCREEN_LIMITS: TimeLimits = { statementMs: 30_000, lockMs: 30_000 }

/** Nobody waits, but a job that never ends holds up those that follow. */
export const WORK_LIMITS: TimeLimits = { statementMs: 600_000, lockMs: 60_000 }

// A process that was stopped within a transaction (a suspended machine) keeps its locks until its server ends the session.
const IDLE_IN_TRANSACTION_MS = 120_000

// Of Prisma's own transactions, in which accounts are made and signed in: a machine that is busy is slow, and fails nobody for that.
const TRANSACTION_LIMITS = { maxWait: 30_000, timeout: 30_000 }

/**
 * `name`: what PostgreSQL shows of its sessions. `pooling`: what the address leads through, where that is known (`pooling.ts`).
 * `watch`: whether to give up on a server that is silent.
 */
export type DatabaseOptions = {
  name?: string
  connections?: number | undefined
  limits?: TimeLimits
  pooling?: Pooling
  watch?: Watch | null
}

/** Connects lazily; the first query reports an unreachable server. `connections` bounds the pool. */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { limits = WORK_LIMITS, pooling = 'none', watch = null } = options
  const config = configOf(url, options)
  if (pooling !== 'transaction') return databaseOn(new WatchedPool(config, watch))
  const begin = settingsOf(limits, 'SET LOCAL')
  return databaseOn(new TransactionPool(config, watch, begin), { begin })
}

/** The same, for screens, with a way to have one connection for all that a piece of work asks. */
export function createPinnedDatabase(
  url: string,
  { name, connections }: Pick<DatabaseOptions, 'name' | 'connections'>,
): Database & Pick<PinnedPool, 'onOneConnection'> {
  const pool = new PinnedPool(configOf(url, { name, connections, limits: SCREEN_LIMITS }), SCREEN_WATCH)
  return { ...databaseOn(pool), onOneConnection: (work, patienceMs) => pool.onOneConnection(work, patienceMs) }
}

const settingsOf = ({ statementMs, lockMs }: TimeLimits, how: 'SET' | 'SET LOCAL') =>
  `${how} statement_timeout = ${statementMs}; ${how} lock_timeout = ${lockMs}; ` +
  `${how} idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`

function configOf(
  url: string,
  { name, connections = 10, limits = WORK_LIMITS, pooling = 'none' }: DatabaseOptions,
): PoolConfig {
  const settings = pooling === 'transaction' ? '' : `; ${settingsOf(limits, 'SET')}`
  return {
    connectionString: url,
    // Where no other name is given (PGAPPNAME, or in the address).
    ...(name && { fallback_application_name: name }),
    max: connections,
    connectionTimeoutMillis: 10_000,
    ...KEPT_ALIVE,
    // By statement: as parameters of the connection a pooler in between would refuse them.
    onConnect: async (client) => {
      await client.query(`${VALUES_AS_TEXT}${settings}`)
    },
  }
}

function databaseOn(pool: WatchedPool, perTransaction: { begin: string } | null = null): Database {
  // A broken idle connection is replaced by the pool; unheard, this event would end the process.
  pool.on('error', () => undefined)
  // The same for a session that ends while it is held: its next use rejects with the error.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTION_LIMITS })
  return {
    models: prisma,
    sql: openSql(pool, perTransaction),
    adopt: (client) => pool.adopt(client),
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
