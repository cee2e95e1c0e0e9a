import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/api/root'

type Answers = inferRouterOutputs<AppRouter>

export type Settings = Answers['settings']['get']
export type Mailbox = Answers['mailboxes']['list'][number]
export type LeadSourceState = Answers['leadSources']['list'][number]
export type SuppressionEntry = Answers['suppression']['list']['entries'][number]
export type SuppressionImport = Answers['suppression']['import']
