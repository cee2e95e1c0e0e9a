'use client'

import { useState } from 'react'
import { useAlive } from '@/components/ui/use-alive'
import { EditorSkeleton } from './editor-skeleton'
import { newStep } from './workflow-draft'
import { WorkflowEditor } from './workflow-editor'

/** An editor without a workflow behind it yet; it begins with one email, to be written. */
export function NewWorkflowPage() {
  if (!useAlive()) return <EditorSkeleton title="New workflow" />
  return <NewWorkflow />
}

function NewWorkflow() {
  const [saved] = useState(() => ({ name: '', description: '', steps: [newStep([])] }))
  return <WorkflowEditor saved={saved} />
}
