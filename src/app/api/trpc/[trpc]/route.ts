import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context } from '@/server/api/context'
import { appRouter } from '@/server/api/root'
import { getDeps } from '@/server/deps'
import { userOf } from '@/server/session'

const createContext = async (request: Request): Promise<Context> => ({
  deps: getDeps(),
  user: await userOf(request.headers),
})

/**
 * A page of another site must not make a signed-in browser act: its requests carry its own origin, or `null` from a
 * sandboxed frame.
 */
function isForeign(request: Request): boolean {
  const origin = request.headers.get('origin')
  return request.method === 'POST' && origin !== null && URL.parse(origin)?.host !== request.headers.get('host')
}

function handle(request: Request): Promise<Response> | Response {
  if (isForeign(request)) return new Response('This request came from another site.', { status: 403 })
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => createContext(request),
  })
}

export { handle as GET, handle as POST }
