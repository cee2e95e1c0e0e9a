import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/api/root'

type Answers = inferRouterOutputs<AppRouter>
type Questions = inferRouterInputs<AppRouter>

/** What the API answers, by the names these screens use. */
export type TemplateRow = Answers['templates']['list'][number]
export type TemplateDetails = Answers['templates']['get']
export type Preview = Answers['templates']['preview']
export type FillRate = Preview['fillRates'][number]
export type TemplateProblem = Preview['problems'][number]
export type LeadChoice = NonNullable<Questions['templates']['preview']['lead']>
