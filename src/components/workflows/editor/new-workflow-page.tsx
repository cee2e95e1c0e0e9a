'use client'

import { useMemo } from 'react'
import { useAlive } from '@/components/ui/use-alive'
import { api } from '@/trpc/react'
import { EditorSkeleton, LoadFailure } from './editor-skeleton'
import { newStep } from './workflow-draft'
import { WorkflowEditor } from './workflow-editor'

/** An editor without a workflow behind it yet; it begins with one email. */
export function NewWorkflowPage() {
  const alive = useAlive()
  const templates = api.templates.list.useQuery({})
  const loaded = templates.data !== undefined
  const saved = useMemo(
    () => ({
      name: '',
      description: '',
      steps: loaded ? [{ ...newStep([], templates.data ?? []), key: 'first' }] : [],
    }),
    [loaded, templates.data],
  )
  if (templates.error && !loaded) return <LoadFailure title="New workflow" query={templates} />
  if (!alive || !templates.data) return <EditorSkeleton title="New workflow" />
  return <WorkflowEditor saved={saved} templates={templates.data} />
}
