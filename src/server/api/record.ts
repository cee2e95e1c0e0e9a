import { isDryRun, RECORDED, type Recorded, recordOf } from '@/domain/audit/recorded'
import { DomainError } from '@/domain/errors'
import { PROCEDURES } from '@/domain/team/permissions'
import { recordAct, recordBeginning } from '@/use-cases/audit/record-act'
import type { Context } from './context'

type Call = { ctx: Context; path: string; rawInput: unknown }
type Ended = { ok: boolean; cause: unknown; code?: string | undefined; data?: unknown }

/**
 * Writes a call into the audit log: before it by whoever is signed in, and its end after it. What strangers do is written once it
 * was done, so that nobody fills the log without an account.
 */
export async function recorded<Result>(
  { ctx, path, rawInput }: Call,
  work: () => Promise<Result>,
  endOf: (result: Result) => Ended,
): Promise<Result> {
  const rule = RECORDED[path]
  if (!rule || isDryRun(rule, rawInput)) return work()
  // What is open to strangers is done with a link, whoever is signed in in the same browser.
  if (!ctx.user || PROCEDURES[path] === 'anyone') {
    const result = await work()
    const { ok, data } = endOf(result)
    if (ok)
      await recordAct(ctx.deps, {
        ...entryOf(rule, { ...ctx, user: null }, rawInput),
        actorName: addressIn(data),
        outcome: 'done',
      })
    return result
  }
  const end = await recordBeginning(ctx.deps, entryOf(rule, ctx, rawInput))
  const result = await work()
  await end(outcomeOf(endOf(result)))
  return result
}

function outcomeOf({ ok, cause, code }: Ended) {
  if (ok) return 'done'
  return cause instanceof DomainError || (code !== undefined && code !== 'INTERNAL_SERVER_ERROR') ? 'refused' : 'failed'
}

/** Who it was, as the answer says. */
const addressIn = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'email' in data && typeof data.email === 'string' ? data.email : null

function entryOf(rule: Recorded, { user, from }: Context, rawInput: unknown) {
  return {
    ...recordOf(rule, rawInput),
    actorId: user?.id ?? null,
    actorName: user?.name ?? null,
    ipAddress: from?.ip ?? null,
    userAgent: from?.userAgent ?? null,
  }
}
