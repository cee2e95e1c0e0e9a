import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/api/root'

type Answers = inferRouterOutputs<AppRouter>

/** What the API answers, by the names these screens use. */
export type LeadList = Answers['leads']['list']
export type LeadRow = LeadList['leads'][number]
export type LeadDetails = Answers['leads']['get']
export type LeadMail = LeadDetails['timeline'][number]
export type BatchRow = Answers['batches']['list'][number]
export type BatchDetails = Answers['batches']['get']
export type CheckedImport = Answers['batches']['importCsv']
export type ImportProblem = CheckedImport['problems'][number]
