'use client'

import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { messageOf } from '@/trpc/react'

export type DeletionProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Where to go, when the page of what is deleted is the open one. */
  onDeleted?: () => void
}

/** Asks before something is deleted, and says what the server says when it refuses. `what` is its noun: "template". */
export function DeleteDialog({
  what,
  name,
  onDelete,
  refresh,
  children,
  open,
  onOpenChange,
  onDeleted,
}: DeletionProps & {
  what: string
  name: string
  onDelete: () => Promise<unknown>
  /** Makes lists forget it. */
  refresh: () => unknown
  /** What goes with it, and what stays. */
  children: ReactNode
}) {
  const remove = useMutation({ mutationFn: onDelete })
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        onOpenChange(false)
        notifyDone(`${what[0]?.toUpperCase()}${what.slice(1)} “${name}” deleted.`)
        onDeleted?.()
        refresh()
      },
    })
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        remove.reset()
        onOpenChange(next)
      }}
      title={`Delete the ${what} “${name}”?`}
      confirmLabel={`Delete ${what}`}
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      {children}
    </ConfirmDialog>
  )
}
