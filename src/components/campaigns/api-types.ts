import type { ApiInputs, ApiOutputs } from '@/trpc/react'

/** The answers of the API, by the names that these screens use. */
export type CampaignList = ApiOutputs['campaigns']['list']
export type CampaignRow = CampaignList['rows'][number]
export type ChosenCampaign = ApiOutputs['campaigns']['matching'][number]
export type MatchingCampaigns = NonNullable<ApiInputs['campaigns']['matching']>
export type CampaignDetails = ApiOutputs['campaigns']['get']
export type Progress = ApiOutputs['campaigns']['progress']
export type StepProgress = Progress['steps'][number]
export type Generation = NonNullable<Progress['generation']>
export type CampaignEmail = ApiOutputs['campaigns']['emails']['rows'][number]
export type CampaignEvent = ApiOutputs['campaigns']['events']['rows'][number]
export type Preflight = ApiOutputs['campaigns']['preflight']
export type Forecast = ApiOutputs['campaigns']['forecast']
export type SourceEstimate = ApiOutputs['campaigns']['estimate']['sources'][number]
export type ResumePreview = ApiOutputs['campaigns']['resumePreview']
export type RunDetails = ApiOutputs['runs']['get']
export type RunView = ApiOutputs['runs']['list']['rows'][number]
export type SourceYield = RunView['sources'][number]
export type LeadSourceState = ApiOutputs['leadSources']['list'][number]
export type Mailbox = ApiOutputs['mailboxes']['list'][number]
export type Batch = ApiOutputs['batches']['list']['rows'][number]
export type Results = ApiOutputs['campaigns']['results']
export type Change = ApiInputs['campaigns']['previewChange']['change']
export type ChangeEffect = ApiOutputs['campaigns']['previewChange']
export type ListedChange = ApiOutputs['campaigns']['listChanges'][number]
export type UndoneChange = ApiOutputs['campaigns']['undoChange']
