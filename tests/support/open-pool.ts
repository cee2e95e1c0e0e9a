import { Pool } from 'pg'

/** Connections for SQL of a test's own. Their server may end before they have closed: unheard, that would end the process. */
export function openPool(url: string, max = 10): Pool {
  const pool = new Pool({ connectionString: url, max })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
