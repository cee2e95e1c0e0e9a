import type { Pool, PoolClient } from 'pg'
import { openSql } from '@/db/sql'

/** Where a worker dies or waits: before its claim, after it, or when the server has answered but nothing is recorded. */
export type Stage = 'done' | 'chosen' | 'claimed' | 'answered'

type Send = (account: never, mail: never, hooks: never) => Promise<unknown>
type Hooks = { onBegun(): void }

export type Watch = {
  stage: Stage
  /** Called once, when emails are written and nothing is claimed. */
  beforeClaim?: (() => Promise<void>) | undefined
  /** Called once, when emails are claimed and no dialogue has begun. */
  beforeDialogue?: (() => Promise<void>) | undefined
}

const TURNS = 12
const never = () => new Promise<never>(() => undefined)

/**
 * A worker whose steps can be watched and cut short: a pool and a mailer that stand between the use case and the real ones. What a
 * worker that died had still to do is left undone, as a promise that nobody resolves.
 */
export function watchWorker<Mailer extends { send: Send }>(pool: Pool, mailer: Mailer, watch: Watch) {
  const abort = new AbortController()
  const stuck = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const batches: string[][] = []
  let running = 0
  let watched = false
  let talking = 0
  let begun: Promise<void> | undefined

  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    running++
    try {
      return await work()
    } finally {
      running--
    }
  }
  /** Resolves when this worker has asked the database nothing for some turns of the event loop. */
  const idle = async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (running > 0) turn = -1
    }
  }
  const passGate = async () => {
    batches.push([])
    if (watched) return
    watched = true
    if (watch.beforeClaim || watch.stage === 'chosen') {
      await idle()
      await watch.beforeClaim?.()
    }
    if (watch.stage !== 'chosen') return
    stuck.resolve()
    abort.abort()
    throw new Error('The worker died before its claim')
  }
  const hooked = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target)
        if (key === 'query') {
          return async (...args: Parameters<PoolClient['query']>) => {
            if (String(args[0]).includes('lock_shared')) await passGate()
            return counted(() => Promise.resolve(Reflect.apply(target.query, target, args)))
          }
        }
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const watchedPool = new Proxy(pool, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      if (key === 'query') {
        return async (...args: Parameters<Pool['query']>) => {
          return counted(() => Promise.resolve(Reflect.apply(target.query, target, args)))
        }
      }
      if (key === 'connect') {
        return async () => {
          return hooked(await counted(() => target.connect()))
        }
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const begin = async () => {
    if (!watch.beforeDialogue) return
    await idle()
    await watch.beforeDialogue()
  }
  const send = async (account: unknown, mail: { envelope: { to: string } }, hooks: Hooks) => {
    batches.at(-1)?.push(mail.envelope.to)
    talking++
    if (watch.stage !== 'done') abort.abort()
    if (watch.stage === 'claimed') {
      stuck.resolve()
      hooks.onBegun()
      return never()
    }
    begun ??= begin()
    await begun
    const outcome: unknown = await Reflect.apply(mailer.send, mailer, [account, mail, hooks])
    talking--
    if (watch.stage === 'answered') {
      if (talking === 0) stuck.resolve()
      await released.promise
    }
    return outcome
  }
  return {
    sql: openSql(watchedPool),
    mailer: { ...mailer, send } as unknown as Mailer,
    signal: abort.signal,
    /** Resolves when it died or waits. */
    stuck: stuck.promise,
    idle,
    batches,
    /** Lets the result of its batch through. */
    release: released.resolve,
  }
}
