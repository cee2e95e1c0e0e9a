import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context } from '@/server/api/context'
import { appRouter } from '@/server/api/root'
import { getDeps } from '@/server/deps'
import { userOf } from '@/server/session'

const createContext = async (request: Request): Promise<Context> => ({
  deps: getDeps(),
  user: await userOf(request.headers),
})

const handle = (request: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => createContext(request),
  })

export { handle as GET, handle as POST }
