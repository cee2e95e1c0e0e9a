import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { Prisma, PrismaClient } from './generated/client'
import { openSql, type SqlPool } from './sql'

/** Prisma's models without its other two doors: SQL and transactions go through `sql.ts` alone. */
export type Models = Omit<PrismaClient, '$transaction' | `$${'query' | 'execute'}Raw${'' | 'Unsafe'}`>

/** Clears a JSON column. (A plain null would be refused: it could as well mean JSON's own null.) */
export const JSON_NULL = Prisma.DbNull

export type Database = {
  /** Plain reads and writes of single rows. */
  models: Models
  /** The same connections for everything else: statements, locks, transactions. */
  sql: SqlPool
  close(): Promise<void>
}

/** Connects lazily; the first query reports an unreachable server. `connections` bounds the pool. */
export function createDatabase(url: string, { connections = 10 } = {}): Database {
  const pool = new Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 10_000, keepAlive: true })
  // A broken idle connection is replaced by the pool; unheard, this event would end the process.
  pool.on('error', () => undefined)
  // The same for a session that ends while it is held: its next use rejects with the error.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    models: prisma,
    sql: openSql(pool),
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
