import type { Readable, Writable } from 'node:stream'
import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { inSpan } from '@/lib/tracing'
import { Prisma } from './generated/client'

// Known to this file alone: no other reaches the connection behind a door. Registered, since the web app bundles this file
// more than once (routes apart from instrumentation) and its copies must open each other's doors.
const CONNECTION: unique symbol = Symbol.for('leadnexconnect.connection')
const PER_TRANSACTION: unique symbol = Symbol.for('leadnexconnect.per-transaction')

/** Of a pooler that lends a session for one transaction: what each has to be told at its beginning. Null: sessions last. */
type PerTransaction = { begin: string } | null
type Lent = { readonly [PER_TRANSACTION]: PerTransaction }

/** The pool: each statement takes a connection for itself and is committed when it has ended. */
export type SqlPool = { readonly kind: 'pool'; readonly [CONNECTION]: Pool } & Lent

/** A transaction that is open. What must not run outside of one takes this. */
export type Tx = { readonly kind: 'transaction'; readonly [CONNECTION]: PoolClient } & Lent

/** Door that a statement takes: the pool, or a transaction. */
export type Sql = SqlPool | Tx

/** The door to the database behind `pool`. */
export const openSql = (pool: Pool, perTransaction: PerTransaction = null): SqlPool => ({
  kind: 'pool',
  [CONNECTION]: pool,
  [PER_TRANSACTION]: perTransaction,
})

/** The text of a statement with its values in place, which go to the server apart from it. */
type Statement<Answer> = (text: TemplateStringsArray, ...values: unknown[]) => Promise<Answer>

/** Runs a statement and returns its rows. `Row` is named in the statement's own file alone, beside its text. */
export const query =
  <Row extends QueryResultRow>(sql: Sql): Statement<Row[]> =>
  async (...statement) =>
    (await run<Row>(sql, statement)).rows

/** Runs a statement and returns its first row, or null without any. With a name it is prepared, as by `queryPrepared`. */
export const queryOne =
  <Row extends QueryResultRow>(sql: Sql, name?: string): Statement<Row | null> =>
  async (...statement) =>
    (await run<Row>(sql, statement, name === undefined ? undefined : { name })).rows[0] ?? null

/** Runs a statement and returns the column `count` of its only row. */
export const queryCount =
  (sql: Sql): Statement<number> =>
  async (...statement) =>
    (await run<{ count: number }>(sql, statement)).rows[0]?.count ?? 0

/** Runs a statement and returns how many rows it read or changed. With a name it is prepared, as by `queryPrepared`. */
export const execute =
  (sql: Sql, name?: string): Statement<number> =>
  async (...statement) =>
    (await run(sql, statement, name === undefined ? undefined : { name })).rowCount ?? 0

/** Runs a guarded write and returns whether it met its precondition and changed a row. */
export const executeIf =
  (sql: Sql): Statement<boolean> =>
  async (...statement) =>
    ((await run(sql, statement)).rowCount ?? 0) > 0

/**
 * Rows of a statement of the hot paths, which comes hundreds of times a second with other values: each connection reads
 * and plans it once, under its name, not every time. The text must always be the same. A session that is lent knows no names.
 */
export const queryPrepared =
  <Row extends QueryResultRow>(sql: Sql, name: string): Statement<Row[]> =>
  async (...statement) =>
    (await run<Row>(sql, statement, { name })).rows

/** Runs several statements without values in one trip. */
export const runScript = async (tx: Tx, script: string): Promise<void> => {
  await tx[CONNECTION].query(script)
}

// What waits in a stream of rows, in bytes.
const COPY_BYTES = 64 * 1024

/** What `COPY ... TO STDOUT` writes. Nothing else runs in the transaction until it has ended. */
export const copyOut = (tx: Tx, text: string): Readable & { rowCount: number } =>
  tx[CONNECTION].query(copyTo(text, { highWaterMark: COPY_BYTES }))

/** Takes what `COPY ... FROM STDIN` reads. Nothing else runs in the transaction until it has ended. */
export const copyIn = (tx: Tx, text: string): Writable & { rowCount: number } =>
  tx[CONNECTION].query(copyFrom(text, { highWaterMark: COPY_BYTES }))

function run<Row extends QueryResultRow>(
  sql: Sql,
  statement: Parameters<Statement<unknown>>,
  prepared?: { name: string },
) {
  const { text, values } = Prisma.sql(...statement)
  const ask = () => sql[CONNECTION].query<Row>({ text, values, ...(sql[PER_TRANSACTION] ? {} : prepared) })
  return inSpan('statement', () => ({ 'db.system.name': 'postgresql', 'db.query.text': shownText(text) }), ask)
}

const SHOWN_TEXT = 1_000

/** The text of a statement without its values, as a trace shows it. */
const shownText = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, SHOWN_TEXT)

// Of each statement of a transaction, whatever its connection allows others (`client.ts`): a plan of a large campaign is one.
const STATEMENT_MS = 600_000

/** For a transaction that stands in line behind work of the same kind: it waits for a lock as long as that may take. */
export const IN_LINE = { lockMs: STATEMENT_MS }

/** Runs `work` in one transaction; any error rolls all of it back. `first`: statements that go with its begin, in one trip. */
export async function transaction<T>(
  sql: SqlPool,
  work: (tx: Tx) => Promise<T>,
  { lockMs, first }: { lockMs?: number; first?: string } = {},
): Promise<T> {
  const waiting = lockMs ? `; SET LOCAL lock_timeout = ${lockMs}` : ''
  const begin = `BEGIN; SET LOCAL statement_timeout = ${STATEMENT_MS}${waiting}${first ? `; ${first}` : ''}`
  const { tx, commit, rollback } = await beginTransaction(sql, begin)
  try {
    const result = await work(tx)
    await commit()
    return result
  } catch (error) {
    await rollback()
    throw error
  }
}

/** A transaction that its owner ends, by the one or the other; after a commit that failed, by `rollback`, which never throws. */
export type OpenTransaction = {
  tx: Tx
  /** Its connection has ended, and with it whatever it held: locks among them. */
  isLost(): boolean
  commit(): Promise<void>
  rollback(): Promise<void>
}

const ENDS = ['end', 'error'] as const

/** Begins a transaction, with statements that set it up in the same trip. For `transaction`, and for locks that outlive a function. */
export async function beginTransaction(sql: SqlPool, begin = 'BEGIN'): Promise<OpenTransaction> {
  const client = await sql[CONNECTION].connect()
  try {
    const lent = sql[PER_TRANSACTION]
    await client.query(lent ? begin.replace('BEGIN', `BEGIN; ${lent.begin}`) : begin)
  } catch (error) {
    client.release(error as Error)
    throw error
  }
  let lost = false
  const lose = () => {
    lost = true
  }
  for (const event of ENDS) client.once(event, lose)
  const release = (error?: Error) => {
    for (const event of ENDS) client.off(event, lose)
    client.release(error)
  }
  return {
    isLost: () => lost,
    tx: { kind: 'transaction', [CONNECTION]: client, [PER_TRANSACTION]: sql[PER_TRANSACTION] },
    commit: async () => {
      await client.query('COMMIT')
      release()
    },
    rollback: () =>
      client.query('ROLLBACK').then(
        () => release(),
        // A connection that could not roll back must not serve anybody else.
        (error: Error) => release(error),
      ),
  }
}
