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

type Said = { text: string; description?: string }

/** The question before something is deleted; a refusal is shown in the server's words. */
export function DeleteDialog<Result>({
  title,
  confirmLabel,
  typeToConfirm,
  disabled = false,
  onDelete,
  done,
  refresh,
  children,
  open,
  onOpenChange,
  onDeleted,
}: DeletionProps & {
  /** The question. */
  title: string
  confirmLabel: string
  typeToConfirm?: string | undefined
  /** What would be deleted is not known yet. */
  disabled?: boolean
  onDelete: () => Promise<Result>
  /** The message afterwards. */
  done: (result: Result) => Said
  /** Makes lists forget it. */
  refresh: () => unknown
  /** The things that go with it, and those that stay. */
  children: ReactNode
}) {
  const remove = useMutation({ mutationFn: onDelete })
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: (result) => {
        const { text, ...more } = done(result)
        onOpenChange(false)
        notifyDone(text, more)
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
      title={title}
      confirmLabel={confirmLabel}
      tone="danger"
      disabled={disabled}
      {...(typeToConfirm ? { typeToConfirm } : {})}
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      {children}
    </ConfirmDialog>
  )
}

/** The texts for one thing with a name; `noun` as in "template". */
export const deletionOf = (noun: string, name: string) => ({
  title: `Delete the ${noun} “${name}”?`,
  confirmLabel: `Delete ${noun}`,
  done: (): Said => ({ text: `${noun[0]?.toUpperCase()}${noun.slice(1)} “${name}” deleted.` }),
})
