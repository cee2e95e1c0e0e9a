'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { notifyDone } from '@/components/ui/toast'
import { messageOf, useTRPC } from '@/trpc/react'

export function DeleteTemplateDialog({
  template,
  open,
  onOpenChange,
  onDeleted,
}: {
  template: { id: string; name: string }
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Where to go, when the page of this template is the open one. */
  onDeleted?: () => void
}) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(trpc.templates.delete.mutationOptions())
  const confirm = () =>
    remove.mutate(
      { id: template.id },
      {
        onSuccess: () => {
          onOpenChange(false)
          notifyDone(`Template “${template.name}” deleted.`)
          onDeleted?.()
          void client.invalidateQueries(trpc.templates.list.pathFilter())
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
      title={`Delete the template “${template.name}”?`}
      confirmLabel="Delete template"
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      <p>Mails that were sent stay as they are. A template that a workflow or campaign uses is not deleted.</p>
    </ConfirmDialog>
  )
}
