'use client'

import type { ReactNode } from 'react'
import { later } from '../later/later'
import { LaterDialog } from './later-dialog'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  /** 720 px instead of 460 px. */
  wide?: boolean
}

const parts = later(() => import('./dialog-parts'))

/** A dialog for a short task. Escape, the cross and a press outside close it; the focus returns to where it was. */
export function Dialog(props: DialogProps) {
  return (
    <LaterDialog part={parts} {...props}>
      {({ DialogParts }) => <DialogParts {...props} />}
    </LaterDialog>
  )
}
