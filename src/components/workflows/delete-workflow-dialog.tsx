'use client'

import { DeleteDialog, type DeletionProps, deletionOf } from '@/components/deletion/delete-dialog'
import { api } from '@/trpc/react'

export function DeleteWorkflowDialog({
  workflow,
  ...props
}: DeletionProps & { workflow: { id: string; name: string } }) {
  const utils = api.useUtils()
  const remove = api.workflows.delete.useMutation()
  return (
    <DeleteDialog
      {...props}
      {...deletionOf('workflow', workflow.name)}
      onDelete={() => remove.mutateAsync({ id: workflow.id })}
      refresh={() => {
        void utils.workflows.list.invalidate()
        void utils.templates.invalidate()
      }}
    >
      <p>
        The templates that it uses stay; what is written in its steps goes with it. A workflow that a campaign uses or
        used is not deleted.
      </p>
    </DeleteDialog>
  )
}
