'use client'

import { DeleteDialog, type DeletionProps, deletionOf } from '@/components/deletion/delete-dialog'
import { api } from '@/trpc/react'

export function DeleteTemplateDialog({
  template,
  ...props
}: DeletionProps & { template: { id: string; name: string } }) {
  const utils = api.useUtils()
  const remove = api.templates.delete.useMutation()
  return (
    <DeleteDialog
      {...props}
      {...deletionOf('template', template.name)}
      onDelete={() => remove.mutateAsync({ id: template.id })}
      refresh={() => utils.templates.list.invalidate()}
    >
      <p>Emails that were sent stay as they are. A template that a workflow or campaign uses is not deleted.</p>
    </DeleteDialog>
  )
}
