import type { Pool, PoolClient } from 'pg'
import { closeDialogueGate, passDialogueGate } from '@/db/queries/dialogue-gate'
import { type Connection, inTransaction, queryRows } from '@/db/query'

// A worker that freezes at the gate must not block a pause for ever: the server ends its session after this time, and
// the worker itself begins nothing once it has held the gate for half of it.
export const GATE_TIMEOUT_MS = 20_000

export type DialogueGate = {
  /** The connection that holds the gate, for further locks of the same length. */
  connection: Connection
  /** True while a dialogue may begin. */
  isOpen(): boolean
  release(): Promise<void>
}

/** Passes the dialogue gate together with other senders; see `db/queries/dialogue-gate.ts`. */
export async function passGate(pool: Pool, timeoutMs = GATE_TIMEOUT_MS): Promise<DialogueGate> {
  const connection = await pool.connect()
  try {
    await connection.query(passDialogueGate(timeoutMs))
  } catch (error) {
    connection.release(error as Error)
    throw error
  }
  const passedAt = performance.now()
  let open = true
  return {
    connection,
    isOpen: () => open && performance.now() - passedAt < timeoutMs / 2,
    release: async () => {
      if (!open) return
      open = false
      await connection.query('COMMIT').then(
        () => connection.release(),
        (error: Error) => connection.release(error),
      )
    },
  }
}

// Those who close the gate wait in this process for their turn, so that a burst of them (a mass of unsubscribe
// clicks) takes one connection of the pool, not all.
const turns = new WeakMap<Pool, Promise<unknown>>()

// A plan locks its campaign first and closes the gate last, so that it does not hold up all sending for seconds.
const DEADLOCK = '40P01'
const MOST_TRIES = 5

/**
 * Runs `work` in a transaction after whose commit no dialogue begins that it forbids. Where it and a plan have waited for
 * each other and PostgreSQL has ended it, it is done again: whoever pauses must not hear of that.
 */
export function behindClosedGate<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  const run = async (tries = 1): Promise<T> => {
    try {
      return await inTransaction(pool, async (tx) => {
        await queryRows(tx, closeDialogueGate)
        return work(tx)
      })
    } catch (error) {
      if ((error as { code?: unknown }).code !== DEADLOCK || tries === MOST_TRIES) throw error
      return run(tries + 1)
    }
  }
  const turn = (turns.get(pool) ?? Promise.resolve()).then(
    () => run(),
    () => run(),
  )
  turns.set(pool, turn)
  return turn
}
