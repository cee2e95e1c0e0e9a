import type { ApiInputs, ApiOutputs } from '@/trpc/react'

/** The answers of the API, by the names that these screens use. */
export type TemplateRow = ApiOutputs['templates']['list']['rows'][number]
export type TemplateDetails = ApiOutputs['templates']['get']
export type Preview = ApiOutputs['templates']['preview']
export type FillRate = Preview['fillRates'][number]
export type TemplateProblem = Preview['problems'][number]
export type TestMailboxes = ApiOutputs['templates']['testMailboxes']
export type LeadChoice = NonNullable<ApiInputs['templates']['preview']['lead']>
