import type { PoolClient, QueryResult } from 'pg'
import { openPool } from './open-pool'

type Node = {
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Index Searches'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: Node[]
}

/**
 * A statement that was run, how many rows its plan has handled (those that each part brought, compared or threw away), how often
 * it went down into an index, and how many pages it looked at.
 */
export type Work = { text: string; rows: number; searches: number; pages: number }

/**
 * A pool that counts the work of each statement before it runs it, by EXPLAIN (ANALYZE), whose effects it rolls back. What
 * counts is how often the server has looked at a row, never how long that took.
 */
export function openCountingPool(url: string) {
  const done: Work[] = []
  const pool = openPool(url)
  pool.on('connect', (client) => countStatements(client, done))
  return { pool, done, most: () => Math.max(0, ...done.map(({ rows }) => rows)) }
}

type Answer = (error: Error | null, result?: QueryResult) => void

function countStatements(client: PoolClient, done: Work[]): void {
  const plain = client.query.bind(client)
  let inside = false
  async function counted(config: string | { text: string; values?: unknown[] }, values?: unknown[]) {
    const statement =
      typeof config === 'string' ? { text: config, values } : { ...config, values: config.values ?? values }
    if (/^\s*(SELECT|WITH|UPDATE|INSERT|DELETE)\b/i.test(statement.text)) {
      await plain(inside ? 'SAVEPOINT counted' : 'BEGIN')
      const text = `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${statement.text}`
      const { rows } = await plain<{ 'QUERY PLAN': [{ Plan: Node }] }>({ text, values: statement.values ?? [] })
      await plain(inside ? 'ROLLBACK TO counted' : 'ROLLBACK')
      const plan = rows[0]?.['QUERY PLAN'][0].Plan
      done.push({
        text: statement.text,
        rows: plan ? workOf(plan) : 0,
        searches: plan ? searchesOf(plan) : 0,
        pages: (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0),
      })
    }
    if (/^\s*BEGIN\b/i.test(statement.text)) inside = true
    if (/^\s*(COMMIT|ROLLBACK)\s*$/i.test(statement.text)) inside = false
    return plain(statement)
  }
  // The pool itself gives a callback, everybody else waits for the promise.
  const query = (config: string | { text: string }, values?: unknown[], answer?: Answer) => {
    const result = counted(config, values)
    if (!answer) return result
    result.then(
      (value) => answer(null, value),
      (error: Error) => answer(error),
    )
    return undefined
  }
  Object.assign(client, { query })
}

function workOf(node: Node): number {
  const looked =
    (node['Actual Rows'] ?? 0) +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0)
  return looked * (node['Actual Loops'] ?? 1) + (node.Plans ?? []).reduce((sum, part) => sum + workOf(part), 0)
}

const searchesOf = (node: Node): number =>
  (node['Index Searches'] ?? 0) + (node.Plans ?? []).reduce((sum, part) => sum + searchesOf(part), 0)
