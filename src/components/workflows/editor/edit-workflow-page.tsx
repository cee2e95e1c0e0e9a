'use client'

import { useMemo } from 'react'
import { api } from '@/trpc/react'
import { EditorSkeleton, LoadFailure } from './editor-skeleton'
import { draftSteps } from './workflow-draft'
import { WorkflowEditor } from './workflow-editor'

/** The editor of a saved workflow. */
export function EditWorkflowPage({ id }: { id: string }) {
  const workflow = api.workflows.get.useQuery({ id })
  const saved = useMemo(() => {
    if (!workflow.data) return null
    const { name, description, steps } = workflow.data
    return { name, description: description ?? '', steps: draftSteps(steps) }
  }, [workflow.data])
  if (workflow.data && saved) return <WorkflowEditor saved={saved} workflow={workflow.data} />
  if (workflow.error) return <LoadFailure title="Workflow" query={workflow} />
  return <EditorSkeleton title="Workflow" />
}
