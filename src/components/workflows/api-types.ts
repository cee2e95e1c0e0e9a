import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/api/root'

type Answers = inferRouterOutputs<AppRouter>

/** What the API answers, by the names these screens use. */
export type WorkflowRow = Answers['workflows']['list'][number]
export type WorkflowDetails = Answers['workflows']['get']
export type TemplateOption = Pick<Answers['templates']['list'][number], 'id' | 'name' | 'subject'>
