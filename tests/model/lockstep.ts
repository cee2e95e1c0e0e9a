import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from 'pg'

// Turns of the event loop after which nobody who could go on has still to ask for something: more than an email takes to be written.
const TURNS = 20
// How long an answer may take before it is asked whether it waits for somebody's lock. Says nothing about the order.
const PATIENCE_MS = 20

type Step = { work(): Promise<unknown>; onWire: boolean; last: boolean; answer(outcome: Outcome): void }
type Outcome = { value: unknown } | { error: unknown }
type UnderWay = { outcome: Outcome | null; ended: Promise<void>; answer: Step['answer'] }

export type Lockstep = ReturnType<typeof createLockstep>

/**
 * Lets what one worker does at once happen one step after the other: what it asks of the database, what it hands to the mail
 * server, and the answers to both. `turns` say which of the steps that could come next does, the longest waiting one where they
 * have no more to say; so the order is drawn, not the machine's. Steps on the wire go together. One that waits for a lock lets
 * others pass, and comes back when it has it.
 */
export function createLockstep(pool: Pool, turns: readonly number[]) {
  const waiting: Step[] = []
  let underWay: UnderWay[] = []
  let taken = 0
  let turning = false
  let calm = Promise.withResolvers<void>()
  calm.resolve()

  function ask<T>(work: () => Promise<T>, { onWire = false, last = false } = {}): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    waiting.push({
      work,
      onWire,
      last,
      answer: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value as T)),
    })
    if (!turning) {
      turning = true
      calm = Promise.withResolvers()
      void turn()
    }
    return promise
  }

  async function turn(): Promise<void> {
    await pause(waiting)
    while (waiting.length > 0) {
      for (const step of next()) underWay.push(begin(step))
      await untilEndedOrLocked(pool, underWay)
      const over = underWay.filter(({ outcome }) => outcome)
      underWay = underWay.filter(({ outcome }) => !outcome)
      for (const { outcome, answer } of over) if (outcome) answer(outcome)
      await pause(waiting)
    }
    turning = false
    calm.resolve()
  }

  function next(): Step[] {
    const ready = waiting.some(({ last }) => !last) ? waiting.filter(({ last }) => !last) : waiting
    const step = ready[(turns[taken++] ?? 0) % ready.length]
    if (!step) return []
    waiting.splice(waiting.indexOf(step), 1)
    if (!step.onWire) return [step]
    const others = waiting.filter(({ onWire }) => onWire)
    for (const other of others) waiting.splice(waiting.indexOf(other), 1)
    return [step, ...others]
  }

  return {
    /** `last`: only when nothing else can go on. */
    step: <T>(work: () => Promise<T>, last = false) => ask(work, { last }),
    onWire: <T>(work: () => Promise<T>) => ask(work, { onWire: true }),
    /** Resolves when the worker asks for nothing any more, but for what waits for somebody's lock. */
    calm: async () => {
      await pause(waiting)
      await calm.promise
    },
    /** Lets `work` of somebody else go on beside: after each step until it has ended or waits for a lock. True when it has ended. */
    beside: async (work: Promise<unknown>): Promise<boolean> => {
      const other = watch(work, () => undefined)
      underWay.push(other)
      await untilEndedOrLocked(pool, underWay)
      return other.outcome !== null
    },
  }
}

const begin = ({ work, answer }: Step) => watch(work(), answer)

function watch(work: Promise<unknown>, answer: Step['answer']): UnderWay {
  const one: UnderWay = { outcome: null, ended: Promise.resolve(), answer }
  one.ended = work.then(
    (value) => {
      one.outcome = { value }
    },
    (error: unknown) => {
      one.outcome = { error }
    },
  )
  return one
}

/** Waits until whoever can go on has asked for its next step, or for nothing. */
async function pause(waiting: readonly Step[]): Promise<void> {
  for (let turn = 0, before = waiting.length; turn < TURNS; turn++) {
    await new Promise(setImmediate)
    if (waiting.length !== before) turn = 0
    before = waiting.length
  }
}

async function untilEndedOrLocked(pool: Pool, works: readonly UnderWay[]): Promise<void> {
  const ended = Promise.all(works.map((work) => work.ended))
  for (;;) {
    const patience = new AbortController()
    await Promise.race([ended, delay(PATIENCE_MS, undefined, patience).catch(() => undefined)])
    patience.abort()
    const open = works.filter(({ outcome }) => !outcome).length
    if (open === 0 || (await countWaitingForLocks(pool)) >= open) return
  }
}

async function countWaitingForLocks(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(DISTINCT pid)::int AS count
    FROM pg_locks JOIN pg_stat_activity a USING (pid) WHERE a.datname = current_database() AND NOT granted`)
  return rows[0]?.count ?? 0
}
