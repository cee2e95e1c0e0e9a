import type { ApiOutputs } from '@/trpc/react'

/** The answers of the API, by the names that these screens use. */
export type WorkflowRow = ApiOutputs['workflows']['list'][number]
export type WorkflowDetails = ApiOutputs['workflows']['get']
export type TemplateOption = Pick<ApiOutputs['templates']['list'][number], 'id' | 'name' | 'subject'>
