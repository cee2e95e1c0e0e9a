'use client'

import type { ReactNode } from 'react'
import { later } from '../later/later'
import { LaterDialog } from './later-dialog'

export type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** The consequences, and what stays as it is. */
  children?: ReactNode
  confirmLabel: string
  cancelLabel?: string
  tone?: 'primary' | 'danger'
  /** The act is under way: nothing closes the dialog. */
  pending?: boolean
  /** There is nothing to do, or it is not known yet. */
  disabled?: boolean
  /** Why it was refused; the dialog stays open. */
  error?: ReactNode
  typeToConfirm?: string
  onConfirm: () => void
}

const parts = later(() => import('./confirm-dialog-parts'))

/**
 * The question before an act that counts: the title states it with its number ("Send to 1,240 leads from 3 mailboxes?"), the button
 * repeats the verb. `typeToConfirm` only for what cannot be undone in bulk.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <LaterDialog part={parts} {...props}>
      {({ ConfirmDialogParts }) => <ConfirmDialogParts {...props} />}
    </LaterDialog>
  )
}
