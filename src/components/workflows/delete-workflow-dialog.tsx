'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { notifyDone } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'

export function DeleteWorkflowDialog({
  workflow,
  open,
  onOpenChange,
  onDeleted,
}: {
  workflow: { id: string; name: string }
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Where to go, when the page of this workflow is the open one. */
  onDeleted?: () => void
}) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(trpc.workflows.delete.mutationOptions())
  const confirm = () =>
    remove.mutate(
      { id: workflow.id },
      {
        onSuccess: () => {
          onOpenChange(false)
          notifyDone(`Workflow “${workflow.name}” deleted.`)
          onDeleted?.()
          void client.invalidateQueries(trpc.workflows.list.pathFilter())
          void client.invalidateQueries(trpc.templates.pathFilter())
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        remove.reset()
        onOpenChange(next)
      }}
      title={`Delete the workflow “${workflow.name}”?`}
      confirmLabel="Delete workflow"
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      <p>Its templates stay. A workflow that a campaign uses or used is not deleted.</p>
    </ConfirmDialog>
  )
}
