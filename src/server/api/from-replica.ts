import { MOST_BEHIND_MS } from '@/db/replica'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { MAY_BE_OLD } from '@/domain/lists/may-be-old'
import type { Context } from './context'

const COOKIE = 'leadnexconnect.changed'
// What was changed longer ago is in whatever a replica may show.
const SECONDS = Math.ceil(MOST_BEHIND_MS / 1_000) + 2

/** Header of an answer to somebody who has changed something: until it expires, lists come from where it was changed. */
export const CHANGED_JUST_NOW = `${COOKIE}=1; Max-Age=${SECONDS}; Path=/api; HttpOnly; SameSite=Lax`

/** Whether whoever sends these headers has just changed something, by whatever process. */
export const hasJustChanged = (headers: Headers): boolean =>
  (headers.get('cookie') ?? '').split(/;\s*/).includes(`${COOKIE}=1`)

/**
 * Answers a call with what a replica shows, where one is fit for it and the call may be answered so; otherwise, and where anything fails
 * there, refusals among it, with what the primary shows: what is not there yet may have come since. `failureOf` returns what kept a call
 * from being answered, and might not on the primary.
 */
export async function fromReplica<Result>(
  { deps, justChanged }: Context,
  path: string,
  call: (deps: Deps) => Promise<Result>,
  failureOf: (result: Result) => unknown,
): Promise<Result> {
  const { replica, log, clock, measures } = deps
  if (!replica || !MAY_BE_OLD.has(path)) return call(deps)
  if (justChanged) {
    measures?.listAnswered('own_change')
    return call(deps)
  }
  const read = await replica.read(async ({ db, sql, ageMs }) => {
    const asOf = ageMs === null ? undefined : new Date(clock.now().getTime() - ageMs * clock.speed)
    const result = await call({ ...deps, db, sql, asOf })
    const failure = failureOf(result)
    if (failure && !(failure instanceof DomainError)) throw failure
    return { result, refused: Boolean(failure) }
  })
  if ('answer' in read) {
    if (read.answer.refused) return call(deps)
    measures?.listAnswered('replica')
    return read.answer.result
  }
  measures?.listAnswered(read.unfit)
  log.warn({ path, replica: read.unfit, err: read.cause }, WORDS[read.unfit])
  return call(deps)
}

const WORDS = {
  behind: 'the replica is too far behind; the primary was asked',
  away: 'the replica did not answer; the primary was asked',
  other: 'DATABASE_REPLICA_URL leads to no standby of this database; the primary was asked',
} as const
