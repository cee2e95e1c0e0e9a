import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@/server/api/root'

type Answers = inferRouterOutputs<AppRouter>

/** What the API answers, by the names these screens use. */
export type CampaignList = Answers['campaigns']['list']
export type CampaignRow = CampaignList['rows'][number]
export type CampaignDetails = Answers['campaigns']['get']
export type Progress = Answers['campaigns']['progress']
export type StepProgress = Progress['steps'][number]
export type Generation = NonNullable<Progress['generation']>
export type CampaignEmail = Answers['campaigns']['emails']['rows'][number]
export type CampaignEvent = Answers['campaigns']['events']['rows'][number]
export type Preflight = Answers['campaigns']['preflight']
export type Check = Preflight['checks'][number]
export type Forecast = Answers['campaigns']['forecast']
export type SourceEstimate = Answers['campaigns']['estimate']['sources'][number]
export type ResumePreview = Answers['campaigns']['resumePreview']
export type RunDetails = Answers['runs']['get']
export type RunView = Answers['runs']['list']['rows'][number]
export type SourceYield = RunView['sources'][number]
export type LeadSourceState = Answers['leadSources']['list'][number]
export type Mailbox = Answers['mailboxes']['list'][number]
export type Batch = Answers['batches']['list'][number]
