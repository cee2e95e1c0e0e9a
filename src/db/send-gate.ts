import { takeTurn } from '@/lib/take-turn'
import { insistently } from './deadlocks'
import { beginTransaction, execute, type SqlPool, type Tx, transaction } from './sql'

// Any constant does, as long as nothing else in this database locks it.
const SEND_GATE = 7_263_401_955

// A worker that freezes at the gate must not block a pause for ever: the server ends its session after this time, and
// the worker itself begins nothing once it has held the gate for half of it.
export const GATE_TIMEOUT_MS = 20_000

/**
 * The send gate orders two things that must never overlap: the beginning of SMTP transactions, and a commit after which
 * none may begin (pause, stop, unsubscribe, suppression). Senders hold it together, shared, only until their SMTP
 * transactions have begun, on connections that are free or about to be; a transaction that forbids sending closes it, alone, until its transaction ends. PostgreSQL
 * queues waiters fairly, so the one that closes it waits for SMTP transactions that are beginning, not for batches to
 * come.
 */
export type SendGate = {
  /** The transaction that holds the gate, for further locks of the same length. */
  tx: Tx
  /** True while an SMTP transaction may begin: until half its time is over, or its connection has ended, and its lock with it. */
  isOpen(): boolean
  release(): Promise<void>
}

/** Holds the send gate together with other senders; the server ends the session when it idles for `timeoutMs`. */
export async function holdSendGate(sql: SqlPool, timeoutMs = GATE_TIMEOUT_MS): Promise<SendGate> {
  // One trip: a sender passes here for every batch.
  const { tx, isLost, commit, rollback } = await beginTransaction(
    sql,
    `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${Math.ceil(timeoutMs)}; SELECT pg_advisory_xact_lock_shared(${SEND_GATE})`,
  )
  const heldSince = performance.now()
  let open = true
  return {
    tx,
    isOpen: () => open && !isLost() && performance.now() - heldSince < timeoutMs / 2,
    release: async () => {
      if (!open) return
      open = false
      await commit().catch(rollback)
    },
  }
}

/**
 * After the commit of this transaction no SMTP transaction begins that it forbids. Held until the transaction ends, which the
 * server does for a process that freezes with it.
 */
export const closeSendGate = (tx: Tx) =>
  execute(tx)`
  SELECT set_config('idle_in_transaction_session_timeout', ${String(GATE_TIMEOUT_MS)}, true),
         pg_advisory_xact_lock(${SEND_GATE}::bigint)::text`

// The same with the begin of its transaction, in one trip.
const CLOSE = `SET LOCAL idle_in_transaction_session_timeout = ${GATE_TIMEOUT_MS}; SELECT pg_advisory_xact_lock(${SEND_GATE})`

/**
 * Runs `work` in a transaction after whose commit no SMTP transaction begins that it forbids. Where it and a plan have
 * waited for each other and PostgreSQL has ended it, it is done again: a person who pauses must not see that.
 */
export function withSendingBlocked<T>(sql: SqlPool, work: (tx: Tx) => Promise<T>): Promise<T> {
  // A plan locks its campaign first and closes the gate last, so that it does not hold up all sending for seconds.
  const run = () => insistently(() => transaction(sql, work, { first: CLOSE }))
  // In turn, so that a burst of them (a mass of unsubscribe clicks) takes one connection of the pool, not all.
  return takeTurn(sql, 'send gate', run)
}
