import type { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { env } from '@/env'
import type { Context } from '@/server/api/context'
import { CHANGED_JUST_NOW, hasJustChanged } from '@/server/api/from-replica'
import { appRouter } from '@/server/api/root'
import { MAX_BATCH_SIZE } from '@/server/api/trpc'
import { getDeps } from '@/server/deps'
import { BODY_LIMITS, MOST_VALUES, withBodyLimit } from '@/server/http/body-limit'
import { callFrom } from '@/server/http/call-from'
import { foreignWords, isForeign } from '@/server/http/origin'
import { sessionOf } from '@/server/session'

const createContext = async (request: Request): Promise<Context> => {
  const session = await sessionOf(request.headers)
  return {
    deps: getDeps(),
    user: session?.user ?? null,
    sessionId: session?.id,
    from: callFrom(request.headers),
    justChanged: hasJustChanged(request.headers),
  }
}

/** In the form of the API's other refusals, so that screens show the words. */
function refuse(httpStatus: number, code: string, rpcCode: number, message: string): Response {
  const data = { code, httpStatus, path: null, domainCode: null, details: null, fields: null }
  return Response.json({ error: { json: { message, code: rpcCode, data } } }, { status: httpStatus })
}

const tooLarge = (words: string) => refuse(413, 'PAYLOAD_TOO_LARGE', -32013, words)
const foreign = () => refuse(403, 'FORBIDDEN', -32003, foreignWords(env.APP_URL))

/** Failures of a procedure were logged where they were hidden from the caller; what failed before one began has a cause still. */
function noteFailure({ error, path }: { error: TRPCError; path: string | undefined }): void {
  if (error.code !== 'INTERNAL_SERVER_ERROR' || error.cause === undefined) return
  getDeps().log.error({ path, err: error.cause }, 'request failed before it began')
}

async function handle(request: Request): Promise<Response> {
  if (isForeign(request, env.APP_URL)) return foreign()
  if (request.method === 'POST' && !/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return new Response('The API takes JSON alone.', { status: 415 })
  }
  // Rights are asked before the body is read: each procedure parses its input last.
  const call = (bounded: Request) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: bounded,
      router: appRouter,
      createContext: () => createContext(bounded),
      maxBatchSize: MAX_BATCH_SIZE,
      onError: noteFailure,
      // Whether it has succeeded or not: what fails midway may have changed something.
      responseMeta: ({ type }) => (type === 'mutation' ? { headers: { 'set-cookie': CHANGED_JUST_NOW } } : {}),
    })
  return withBodyLimit(request, { bytes: BODY_LIMITS.call, values: MOST_VALUES }, call, tooLarge)
}

export { handle as GET, handle as POST }
