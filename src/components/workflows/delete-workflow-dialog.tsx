'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { DeleteDialog, type DeletionProps } from '@/components/deletion/delete-dialog'
import { useTRPC } from '@/trpc/react'

export function DeleteWorkflowDialog({
  workflow,
  ...props
}: DeletionProps & { workflow: { id: string; name: string } }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(trpc.workflows.delete.mutationOptions())
  return (
    <DeleteDialog
      {...props}
      what="workflow"
      name={workflow.name}
      onDelete={() => remove.mutateAsync({ id: workflow.id })}
      refresh={() => {
        void client.invalidateQueries(trpc.workflows.list.pathFilter())
        void client.invalidateQueries(trpc.templates.pathFilter())
      }}
    >
      <p>Its templates stay. A workflow that a campaign uses or used is not deleted.</p>
    </DeleteDialog>
  )
}
