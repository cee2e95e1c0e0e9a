'use client'

import { useRouter } from 'next/navigation'
import type { useKeptDraft } from '@/components/hooks/use-kept-draft'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { draftProblem, stepsToSave, type WorkflowDraft } from './workflow-draft'

export type WorkflowForm = ReturnType<typeof useKeptDraft<WorkflowDraft>>

/** Saves what stands in the editor; a new workflow gets an address of its own. */
export function useSaveWorkflow({ id, form }: { id: string | undefined; form: WorkflowForm }) {
  const utils = api.useUtils()
  const router = useRouter()
  const create = api.workflows.create.useMutation()
  const update = api.workflows.update.useMutation()
  const refresh = () => Promise.all([utils.workflows.invalidate(), utils.templates.invalidate()])
  const onError = (error: unknown) => notifyFailed(messageOf(error))
  const saving = create.isPending || update.isPending

  const save = () => {
    if (saving) return
    const { draft, seenAt } = form
    const problem = draftProblem(draft)
    if (problem) return notifyFailed(problem, { description: 'Nothing was saved.' })
    const input = { name: draft.name, description: draft.description, steps: stepsToSave(draft.steps) }
    if (id) {
      update.mutate(
        { id, ...input, seenAt },
        {
          onSuccess: ({ updatedAt, reach }) => {
            form.settle(draft, updatedAt)
            notifyDone('Saved.', reach ? { description: reach } : {})
            void refresh()
          },
          onError,
        },
      )
    } else {
      create.mutate(input, {
        onSuccess: (created) => {
          form.forget()
          notifyDone('Saved.')
          void refresh()
          router.replace(routes.workflow(created.id))
        },
        onError,
      })
    }
  }
  return { save, saving }
}
