'use client'

import { copyName, useCopy } from '@/components/hooks/use-copy'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { copyOf, draftSteps, stepsToSave } from './editor/workflow-draft'

/** Copies a saved workflow and opens the copy; both use the same templates, and what a step has for itself is copied. */
export function useDuplicateWorkflow() {
  const { client, workflows } = api.useUtils()
  return useCopy({
    make: async (id) => {
      const { name, description, steps } = await client.workflows.get.query({ id })
      return client.workflows.create.mutate({
        name: copyName(name),
        description,
        steps: stepsToSave(draftSteps(steps).map((step) => ({ ...copyOf(step), days: step.days }))),
      })
    },
    refresh: () => workflows.invalidate(),
    hrefOf: routes.workflow,
    note: 'This is the copy, with the same templates; no campaign uses it yet.',
  })
}
