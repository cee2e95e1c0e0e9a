import type { ApiInputs, ApiOutputs } from '@/trpc/react'

/** The answers of the API, by the names that these screens use. */
export type LeadList = ApiOutputs['leads']['list']
export type LeadRow = LeadList['leads'][number]
export type LeadDetails = ApiOutputs['leads']['get']
export type LeadEmail = LeadDetails['timeline'][number]
export type LeadMessage = LeadDetails['messages'][number]
export type DeletedLeads = ApiOutputs['leads']['delete']
export type MassAct = ApiOutputs['massActs']['list'][number]
export type MassPreview = ApiOutputs['massActs']['preview']
export type MassFilterInput = Omit<ApiInputs['massActs']['preview'], 'kind' | 'status' | 'batchId'>
export type BatchRow = ApiOutputs['batches']['list']['rows'][number]
export type BatchDetails = ApiOutputs['batches']['get']
export type CheckedImport = ApiOutputs['batches']['importCsv']
export type ImportProblem = CheckedImport['problems'][number]
/** As it is shown, without the row itself. */
export type ShownProblem = Omit<ImportProblem, 'cells'>
export type ListedImport = ApiOutputs['imports']['list']['rows'][number]
export type ShownImport = ApiOutputs['imports']['get']
