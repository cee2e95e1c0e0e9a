'use client'

import type { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { useSaveKept } from '@/components/hooks/use-save-kept'
import { useAskedUpdate } from '@/components/templates/editor/use-asked-update'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { draftProblem, stepsToSave, type WorkflowDraft } from './workflow-draft'

export type WorkflowForm = ReturnType<typeof useKeptDraft<WorkflowDraft>>

/** Saves what stands in the editor; a new workflow gets an address of its own. */
export function useSaveWorkflow({
  id,
  form,
  onProblem,
}: {
  id: string | undefined
  form: WorkflowForm
  /** Something is missing: the fields say what. */
  onProblem: () => void
}) {
  const utils = api.useUtils()
  const { update, question } = useAskedUpdate(api.workflows.update.useMutation())
  const kept = useSaveKept({
    id,
    form,
    read: (draft: WorkflowDraft) => {
      const problem = draftProblem(draft)
      if (problem) onProblem()
      const { name, description, steps } = draft
      return problem ? { problem } : { input: { name, description, steps: stepsToSave(steps) } }
    },
    create: api.workflows.create.useMutation(),
    update,
    refresh: () => Promise.all([utils.workflows.invalidate(), utils.templates.invalidate()]),
    hrefOf: routes.workflow,
  })
  return { ...kept, question }
}
