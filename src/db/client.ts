import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { PrismaClient } from './generated/client'

export type Database = {
  /** Reads and writes of rows. */
  prisma: PrismaClient
  /** The same connections without Prisma: single statements on hot paths, locks, transactions of raw SQL. */
  pool: Pool
  close(): Promise<void>
}

/** Connects lazily; the first query reports an unreachable server. `connections` bounds the pool. */
export function createDatabase(url: string, { connections = 10 } = {}): Database {
  const pool = new Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 10_000, keepAlive: true })
  // A broken idle connection is replaced by the pool; unheard, this event would end the process.
  pool.on('error', () => undefined)
  // The same for a session that ends while somebody holds it: whoever uses it next gets the error as an answer.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
