'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { type FormEvent, useState } from 'react'
import { Button } from '../button'
import { ErrorState } from '../error-state'
import { Field } from '../fields/field'
import { Input } from '../fields/input'
import { keepFocus } from '../page-title'
import type { ConfirmDialogProps } from './confirm-dialog'

/** The question itself; `ConfirmDialog` fetches it. */
export function ConfirmDialogParts({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  cancelLabel = 'Cancel',
  tone = 'primary',
  pending = false,
  disabled = false,
  error,
  typeToConfirm,
  onConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState('')
  const ready = !disabled && (!typeToConfirm || typed.trim() === typeToConfirm)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (ready && !pending) onConfirm()
  }
  const change = (next: boolean) => {
    if (pending) return
    setTyped('')
    onOpenChange(next)
  }
  return (
    // What was confirmed may have taken the button that asked.
    <Base.Root open={open} onOpenChange={change} onOpenChangeComplete={(isOpen) => isOpen || keepFocus()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 grid items-end justify-items-center overflow-y-auto p-3 sm:place-items-center sm:p-6">
          <Base.Popup className="w-full max-w-[460px] rounded-card border bg-surface shadow-float outline-none transition-[opacity,transform] data-ending-style:translate-y-1 data-starting-style:translate-y-1 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <form onSubmit={submit} noValidate className="grid gap-3 p-5">
              <Base.Title className="font-semibold text-title [overflow-wrap:anywhere]">{title}</Base.Title>
              {children && (
                <Base.Description render={<div />} className="grid gap-2 text-control text-ink-2">
                  {children}
                </Base.Description>
              )}
              {typeToConfirm && (
                <Field label={<>Type “{typeToConfirm}” to confirm</>}>
                  <Input
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                    autoComplete="off"
                    // What is to be typed may be counted first: the cursor goes there once it is asked for.
                    autoFocus
                  />
                </Field>
              )}
              {error && <ErrorState title={error} />}
              <div className="mt-1 flex flex-wrap justify-end gap-2">
                <Base.Close disabled={pending} render={<Button>{cancelLabel}</Button>} />
                <Button type="submit" variant={tone} pending={pending} disabled={!ready}>
                  {confirmLabel}
                </Button>
              </div>
            </form>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
