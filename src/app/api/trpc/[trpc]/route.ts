import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { createContext } from '@/server/api/context'
import { appRouter } from '@/server/api/root'

const handle = (request: Request) =>
  fetchRequestHandler({ endpoint: '/api/trpc', req: request, router: appRouter, createContext })

export { handle as GET, handle as POST }
