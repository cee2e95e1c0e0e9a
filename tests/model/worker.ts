import type { Pool, PoolClient } from 'pg'
import type { depsOn } from '../support/deps'

/** Where a worker dies or waits: before its claim, after it, or when the server has answered but nothing is recorded. */
export type Stage = 'done' | 'chosen' | 'claimed' | 'answered'

type Mailer = ReturnType<typeof depsOn>['mailer']

export type Watch = {
  stage: Stage
  /** Called once, when emails are written and nothing is claimed. */
  beforeClaim?: (() => Promise<void>) | undefined
  /** Called once, when emails are claimed and no transaction has begun. */
  beforeSmtp?: (() => Promise<void>) | undefined
}

const TURNS = 12
const never = () => new Promise<never>(() => undefined)

type Counter = ReturnType<typeof countUnderWay>
type Course = ReturnType<typeof courseOf>

/**
 * A worker whose steps can be watched and cut short: a pool and a mailer that stand between the use case and the real ones. What a
 * worker that died had still to do is left undone, as a promise that nobody resolves.
 */
export function watchWorker(pool: Pool, mailer: Mailer, watch: Watch) {
  const counter = countUnderWay()
  const course = courseOf()
  return {
    pool: watchedPool(pool, counter, gateOf(watch, counter, course)),
    mailer: { ...mailer, send: watchedSend(mailer, watch, { idle: counter.idle, ...course }) },
    signal: course.abort.signal,
    /** Resolves when it died or waits. */
    stuck: course.stuck.promise,
    idle: counter.idle,
    batches: course.batches,
    /** Lets the result of its batch through. */
    release: course.released.resolve,
  }
}

/** How far a worker has come, and the recipients of each batch that it began. */
const courseOf = () => ({
  abort: new AbortController(),
  stuck: Promise.withResolvers<void>(),
  released: Promise.withResolvers<void>(),
  batches: [] as string[][],
})

/** Counts what is asked of the database at once. */
function countUnderWay() {
  let underWay = 0
  return {
    counted: async <T>(work: () => Promise<T>): Promise<T> => {
      underWay++
      try {
        return await work()
      } finally {
        underWay--
      }
    },
    /** Resolves when this worker has asked the database nothing for some turns of the event loop. */
    idle: async () => {
      for (let turn = 0; turn < TURNS; turn++) {
        await new Promise((resolve) => setImmediate(resolve))
        if (underWay > 0) turn = -1
      }
    },
  }
}

/** What happens before the worker takes the gate for a batch: the first time, it waits for others or dies. */
function gateOf({ stage, beforeClaim }: Watch, { idle }: Counter, { abort, stuck, batches }: Course) {
  return async () => {
    batches.push([])
    if (batches.length > 1) return
    if (beforeClaim || stage === 'chosen') {
      await idle()
      await beforeClaim?.()
    }
    if (stage !== 'chosen') return
    stuck.resolve()
    abort.abort()
    throw new Error('The worker died before its claim')
  }
}

function watchedPool(pool: Pool, { counted }: Counter, beforeGate: () => Promise<void>): Pool {
  return new Proxy(pool, {
    get: (target, key) => {
      if (key === 'query') {
        return async (...args: Parameters<Pool['query']>) => {
          return counted(() => Promise.resolve(Reflect.apply(target.query, target, args)))
        }
      }
      if (key === 'connect') {
        return async () => {
          const client = await counted(() => target.connect())
          return hookedClient(client, { counted, beforeGate })
        }
      }
      return bound(target, key)
    },
  })
}

function hookedClient(
  client: PoolClient,
  { counted, beforeGate }: Pick<Counter, 'counted'> & { beforeGate: () => Promise<void> },
): PoolClient {
  return new Proxy(client, {
    get: (target, key) => {
      if (key !== 'query') return bound(target, key)
      return async (...args: Parameters<PoolClient['query']>) => {
        if (String(args[0]).includes('lock_shared')) await beforeGate()
        return counted(() => Promise.resolve(Reflect.apply(target.query, target, args)))
      }
    },
  })
}

function bound(target: object, key: PropertyKey): unknown {
  const value: unknown = Reflect.get(target, key, target)
  return typeof value === 'function' ? value.bind(target) : value
}

function watchedSend(
  mailer: Mailer,
  { stage, beforeSmtp }: Watch,
  { idle, abort, stuck, released, batches }: Course & Pick<Counter, 'idle'>,
): Mailer['send'] {
  let onTheWire = 0
  let begun: Promise<void> | undefined
  const begin = async () => {
    if (!beforeSmtp) return
    await idle()
    await beforeSmtp()
  }
  return async (account, email, hooks) => {
    batches.at(-1)?.push(email.envelope.to)
    onTheWire++
    if (stage !== 'done') abort.abort()
    if (stage === 'claimed') {
      stuck.resolve()
      hooks?.onBegun()
      return never()
    }
    begun ??= begin()
    await begun
    const outcome = await mailer.send(account, email, hooks)
    onTheWire--
    if (stage === 'answered') {
      if (onTheWire === 0) stuck.resolve()
      await released.promise
    }
    return outcome
  }
}
