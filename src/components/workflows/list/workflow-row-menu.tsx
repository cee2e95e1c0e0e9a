'use client'

import { Copy, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Menu } from '@/components/ui/overlays/menu'
import { routes } from '@/routes'
import { DeleteWorkflowDialog } from '../delete-workflow-dialog'
import { useDuplicateWorkflow } from '../use-duplicate-workflow'

/** The acts on a workflow in its row. */
export function WorkflowRowMenu({ workflow }: { workflow: { id: string; name: string } }) {
  const [deleting, setDeleting] = useState(false)
  const duplicate = useDuplicateWorkflow()
  return (
    <>
      <Menu
        label={`More for ${workflow.name}`}
        items={[
          { label: 'Edit', icon: Pencil, href: routes.workflow(workflow.id) },
          { label: 'Duplicate', icon: Copy, onSelect: () => duplicate(workflow.id) },
          'separator',
          { label: 'Delete…', icon: Trash2, tone: 'danger', onSelect: () => setDeleting(true) },
        ]}
      />
      <DeleteWorkflowDialog workflow={workflow} open={deleting} onOpenChange={setDeleting} />
    </>
  )
}
