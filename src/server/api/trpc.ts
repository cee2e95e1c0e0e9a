import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError, z } from 'zod'
import { isAway, isDiskFull, isForeignKeyError, isOutOfTime, isReadOnly, isUnstorable } from '@/db/errors'
import { RECORDED } from '@/domain/audit/recorded'
import { DomainError } from '@/domain/errors'
import { type Access, mayUse, PROCEDURES, refusalWords } from '@/domain/team/permissions'
import { inSpan } from '@/lib/tracing'
import { UNSTORABLE } from '@/server/http/unstorable'
import type { Context } from './context'
import { TRPC_CODE } from './errors'
import { fromReplica } from './from-replica'
import { recorded } from './record'
import { transformer } from './transformer'

const t = initTRPC.context<Context>().create({
  transformer,
  errorFormatter({ shape, error }) {
    const cause = error.cause
    return {
      ...shape,
      // Never a stack, in no environment: it names files and sometimes values.
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        domainCode: cause instanceof DomainError ? cause.code : null,
        details: cause instanceof DomainError ? cause.details : null,
        fields: cause instanceof ZodError ? z.flattenError(cause).fieldErrors : null,
      },
      message: wordsOf(error),
    }
  },
})

const UNREADABLE = 'This request could not be read. Nothing was changed.'
const MOVED_MEANWHILE =
  'What this refers to was deleted meanwhile, or something else began to need it. Nothing was changed. Load the page again.'
const OUR_FAULT = 'Something went wrong on our side. Nothing was changed by this request; the log has the details.'

/** Words for the caller. What a library threw says how the program is built, and nothing that a caller needs. */
function wordsOf({ cause, code, message }: TRPCError): string {
  if (cause instanceof ZodError) return firstIssue(cause)
  if (cause === undefined || cause instanceof DomainError) return message
  const unavailable = databaseWords(cause)
  if (unavailable) return unavailable
  return code === 'INTERNAL_SERVER_ERROR' ? OUR_FAULT : UNREADABLE
}

const firstIssue = (error: ZodError) => {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.') || 'Input'}: ${issue.message}` : 'The input is not valid.'
}

/** Why the database could not be used, for people; null when it could. */
function databaseWords(cause: unknown): string | null {
  if (isDiskFull(cause))
    return 'The disk of the database is full, so nothing was changed. Free some space; it goes on by itself.'
  if (isReadOnly(cause))
    return 'The database takes no changes at the moment, so nothing was changed. It is set to read alone, or is a standby.'
  if (!isAway(cause)) return null
  return 'The database does not answer at the moment. What was asked for may be done later or not at all: look again when it answers.'
}

/** Turns refusals of the product into transport errors and hides everything else from the caller. */
const speakPlainly = t.middleware(async ({ next, ctx, path }) => {
  const result = await next()
  if (result.ok) return result
  const cause = result.error.cause
  if (cause instanceof DomainError) {
    throw new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause })
  }
  if (isOutOfTime(cause)) {
    ctx.deps.log.warn({ path, err: cause }, 'the database ended a request')
    throw new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      message:
        'The database did not finish this in time, so nothing was changed. It may be busy with something larger; ' +
        'try again in a minute.',
    })
  }
  const unavailable = databaseWords(cause)
  if (unavailable) {
    ctx.deps.log.warn({ path, err: cause }, 'the database could not be used')
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: unavailable })
  }
  if (isForeignKeyError(cause)) {
    ctx.deps.log.warn({ path, err: cause }, 'what a request refers to is gone, or others refer to it')
    throw new TRPCError({ code: 'CONFLICT', message: MOVED_MEANWHILE })
  }
  if (isUnstorable(cause)) {
    ctx.deps.log.warn({ path, err: cause }, 'a value that the database cannot hold')
    throw new TRPCError({ code: 'BAD_REQUEST', message: UNSTORABLE })
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.deps.log.error({ path, err: cause ?? result.error }, 'request failed')
    throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: OUR_FAULT })
  }
  return result
})

/** Calls in one request at most; screens share out more over several. */
export const MAX_BATCH_SIZE = 20

export const createRouter = t.router
export const createCallerFactory = t.createCallerFactory

/** Each call in a trace of its own, where any are sent. */
const traced = t.middleware(({ next, path }) =>
  inSpan(
    `call ${path}`,
    () => ({}),
    () => next(),
  ),
)

const base = t.procedure.use(traced).use(speakPlainly)

/**
 * Keeps what people do in the audit log, refusals of the rights below included. The body of a call is read for whoever may make it:
 * nothing of it is read, nor parsed, for anybody else.
 */
const recording = base.use(async ({ ctx, path, getRawInput, next }) => {
  const may = mayUse(PROCEDURES[path], ctx.user?.role ?? null)
  const rawInput: unknown = may && path in RECORDED ? await getRawInput() : undefined
  const work = () => next({ ctx })
  return recorded({ ctx, path, rawInput }, work, (result) =>
    result.ok
      ? { ok: true, cause: null, data: result.data }
      : { ok: false, cause: result.error.cause, code: result.error.code },
  )
})

/** Whoever the table of permissions lets call it, signed in or not; nobody, where it does not name the procedure. */
export const openProcedure = recording.use(({ ctx, path, next }) => {
  const access = PROCEDURES[path]
  if (mayUse(access, ctx.user?.role ?? null)) return next({ ctx })
  throw ctx.user ? forbidden(access) : new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' })
})

/** The same for what only the signed in may call. What may be a little old is asked of the replica, where there is one. */
export const procedure = openProcedure.use(({ ctx, path, next }) => {
  const { user } = ctx
  if (!user) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' })
  const call = (deps: Context['deps']) => next({ ctx: { ...ctx, deps, user } })
  return fromReplica(ctx, path, call, (result) => {
    // What cannot be read is no better asked a second time.
    if (result.ok || result.error.cause instanceof ZodError) return null
    return result.error.cause ?? result.error
  })
})

const forbidden = (access: Access | undefined) => new TRPCError({ code: 'FORBIDDEN', message: refusalWords(access) })
