'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { DeleteDialog, type DeletionProps } from '@/components/deletion/delete-dialog'
import { useTRPC } from '@/trpc/react'

export function DeleteTemplateDialog({
  template,
  ...props
}: DeletionProps & { template: { id: string; name: string } }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(trpc.templates.delete.mutationOptions())
  return (
    <DeleteDialog
      {...props}
      what="template"
      name={template.name}
      onDelete={() => remove.mutateAsync({ id: template.id })}
      refresh={() => client.invalidateQueries(trpc.templates.list.pathFilter())}
    >
      <p>Mails that were sent stay as they are. A template that a workflow or campaign uses is not deleted.</p>
    </DeleteDialog>
  )
}
