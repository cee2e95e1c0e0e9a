'use client'

import { useMemo } from 'react'
import { useTemplateChoices } from '@/components/lists/use-choices'
import { useAlive } from '@/components/ui/use-alive'
import { EditorSkeleton, LoadFailure } from './editor-skeleton'
import { newStep } from './workflow-draft'
import { WorkflowEditor } from './workflow-editor'

/** An editor without a workflow behind it yet; it begins with one email. */
export function NewWorkflowPage() {
  const alive = useAlive()
  const templates = useTemplateChoices()
  const loaded = templates.rows !== undefined
  const first = templates.rows?.[0]?.id
  const saved = useMemo(
    () => ({
      name: '',
      description: '',
      steps: loaded ? [{ ...newStep([], first ? [{ id: first }] : []), key: 'first' }] : [],
    }),
    [loaded, first],
  )
  if (templates.error && !loaded) return <LoadFailure title="New workflow" query={templates} />
  if (!alive || !loaded) return <EditorSkeleton title="New workflow" />
  return <WorkflowEditor saved={saved} />
}
