import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/api/root'

type Answers = inferRouterOutputs<AppRouter>

export type InboxRow = Answers['inbox']['list']['rows'][number]
export type Message = Answers['inbox']['get']
