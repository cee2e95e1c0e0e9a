import type { Pool, PoolClient } from 'pg'
import { openSql } from '@/db/sql'
import type { Deps } from '@/deps'
import { createLockstep, type Lockstep } from './lockstep'

/** Where a worker dies or waits: before its claim, after it, or when the server has answered but nothing is recorded. */
export type Stage = 'done' | 'chosen' | 'claimed' | 'answered'

export type Watch = {
  stage: Stage
  /** Which of the steps that could come next does; see `createLockstep`. */
  turns: readonly number[]
  /** Results are recorded only when the worker has nothing else to do. */
  recordsLast?: boolean | undefined
  /** Called once, when emails are written and nothing is claimed. */
  beforeClaim?: (() => Promise<void>) | undefined
  /** Called once, when emails are claimed and no transaction has begun, with who lets others go on beside. */
  beforeSmtp?: ((lockstep: Lockstep) => Promise<void>) | undefined
}

const never = () => new Promise<never>(() => undefined)

type Course = ReturnType<typeof courseOf>

/**
 * A worker whose steps come in a given order and can be cut short: database and mailer that stand between the use case and the real
 * ones. What a worker that died had still to do is left undone, as a promise that nobody resolves.
 */
export function watchWorker(pool: Pool, deps: Deps, watch: Watch) {
  const course = courseOf(createLockstep(pool, watch.turns), watch)
  const { lockstep, abort, stuck, released, batches, doubt } = course
  return {
    deps: {
      ...deps,
      db: watchedModels(deps.db, lockstep),
      sql: openSql(watchedPool(pool, course, gateOf(watch, course))),
      mailer: watchedMailer(deps.mailer, watch, course),
    },
    signal: abort.signal,
    /** Resolves when it died or waits. */
    stuck: stuck.promise,
    calm: lockstep.calm,
    batches,
    /** Emails that it has sent and not recorded. */
    doubt,
    /** Lets the result of its batch through. */
    release: released.resolve,
  }
}

/** How far a worker has come, and the recipients of each batch that it began, in the order of their answers once those are in. */
const courseOf = (lockstep: Lockstep, { recordsLast = false }: Watch) => ({
  ...{ lockstep, recordsLast },
  abort: new AbortController(),
  stuck: Promise.withResolvers<void>(),
  released: Promise.withResolvers<void>(),
  batches: [] as string[][],
  doubt: { now: 0, most: 0 },
})

/** What happens before the worker takes the gate for a batch: the first time, it waits for others or dies. */
function gateOf({ stage, beforeClaim }: Watch, { lockstep, abort, stuck, batches }: Course) {
  return async () => {
    batches.push([])
    if (batches.length > 1) return
    if (beforeClaim || stage === 'chosen') {
      await lockstep.calm()
      await beforeClaim?.()
    }
    if (stage !== 'chosen') return
    stuck.resolve()
    abort.abort()
    throw new Error('The worker died before its claim')
  }
}

/** One question to the database in its turn. The emails whose results are recorded are in doubt no more. */
function asking<T>(work: () => Promise<T>, [query]: unknown[], { lockstep, doubt, recordsLast }: Course): Promise<T> {
  const { text = '', values = [] } = Object(query) as { text?: string; values?: unknown[] }
  const [ids] = values
  const records = text.includes('email_id = CASE') && Array.isArray(ids) ? ids.length : 0
  const answer = lockstep.step(work, recordsLast && records > 0)
  return answer.finally(() => {
    doubt.now -= records
  })
}

function watchedPool(pool: Pool, course: Course, beforeGate: () => Promise<void>): Pool {
  const { step } = course.lockstep
  return new Proxy(pool, {
    get: (target, key) => {
      if (key === 'query') {
        return (...args: Parameters<Pool['query']>) =>
          asking(() => Promise.resolve(Reflect.apply(target.query, target, args)), args, course)
      }
      if (key === 'connect') return async () => watchedClient(await step(() => target.connect()), course, beforeGate)
      return bound(target, key)
    },
  })
}

function watchedClient(client: PoolClient, course: Course, beforeGate: () => Promise<void>): PoolClient {
  return new Proxy(client, {
    get: (target, key) => {
      if (key !== 'query') return bound(target, key)
      return async (...args: Parameters<PoolClient['query']>) => {
        if (String(args[0]).includes('lock_shared')) await beforeGate()
        return asking(() => Promise.resolve(Reflect.apply(target.query, target, args)), args, course)
      }
    },
  })
}

function watchedModels<Models extends object>(models: Models, { step }: Lockstep): Models {
  const watchedModel = (model: object) =>
    new Proxy(model, {
      get: (target, key) => {
        const value = bound(target, key)
        return typeof value === 'function' ? (...args: unknown[]) => step(async () => value(...args)) : value
      },
    })
  return new Proxy(models, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'object' && value !== null ? watchedModel(value) : value
    },
  })
}

function bound(target: object, key: PropertyKey): unknown {
  const value: unknown = Reflect.get(target, key, target)
  return typeof value === 'function' ? value.bind(target) : value
}

/**
 * A batch on the wire. Its answers are let through at once, in the order in which they came: what is recorded together in parts of
 * a batch depends on a timer, and the same seed must play the same lives. `tests/worker` records batches in several groups.
 */
type OnWire = { recipients: string[]; answered: string[]; all: PromiseWithResolvers<void> }

function watchedMailer(
  mailer: Deps['mailer'],
  { stage, beforeSmtp }: Watch,
  { lockstep, abort, stuck, released, batches, doubt }: Course,
): Deps['mailer'] {
  let batch: OnWire | undefined
  let begun: Promise<void> | undefined
  const begin = async () => {
    if (!beforeSmtp) return
    await lockstep.calm()
    await beforeSmtp(lockstep)
  }
  return {
    ...mailer,
    ready: (...wanted) => lockstep.step(() => mailer.ready(...wanted)),
    send: async (account, email, hooks) => {
      const recipients = batches.at(-1) ?? []
      if (batch?.recipients !== recipients) batch = { recipients, answered: [], all: Promise.withResolvers() }
      const { answered, all } = batch
      recipients.push(email.envelope.to)
      doubt.most = Math.max(doubt.most, ++doubt.now)
      if (stage !== 'done') abort.abort()
      if (stage === 'claimed') {
        stuck.resolve()
        hooks?.onBegun()
        return never()
      }
      begun ??= begin()
      await begun
      const mayBegin = hooks?.mayBegin ?? (() => true)
      const outcome = await lockstep.onWire(() => mailer.send(account, email, { mayBegin, onBegun: () => undefined }))
      hooks?.onBegun()
      answered.push(email.envelope.to)
      if (answered.length === recipients.length) {
        recipients.splice(0, Infinity, ...answered)
        if (stage === 'answered') stuck.resolve()
        else released.resolve()
        await released.promise
        await lockstep.step(async () => undefined)
        all.resolve()
      }
      await all.promise
      return outcome
    },
  }
}
