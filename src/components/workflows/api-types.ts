import type { ApiOutputs } from '@/trpc/react'

/** The answers of the API, by the names that these screens use. */
export type WorkflowRow = ApiOutputs['workflows']['list']['rows'][number]
export type WorkflowDetails = ApiOutputs['workflows']['get']
/** The templates that a step may take, and what is called with what a person types to find one. */
export type TemplateChoices = {
  rows: readonly TemplateOption[] | undefined
  total: number
  type: (text: string) => void
}
export type TemplateOption = Pick<ApiOutputs['templates']['list']['rows'][number], 'id' | 'name' | 'subject'>
