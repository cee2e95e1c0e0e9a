'use client'

import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, useContext, useId } from 'react'
import { cn } from '../class-names'

type FieldControl = {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-labelledby'?: string
  required?: boolean
}

const FieldContext = createContext<FieldControl>({})

/** Id, description and validity of the field around a control; the controls of this folder spread it themselves. */
export const useFieldControl = () => useContext(FieldContext)

/** A label, a control and what is to be said about it. The error says what to do, and takes the place of the hint. */
export function Field({
  label,
  hint,
  error,
  optional,
  required,
  aside,
  children,
  className,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Says "optional" behind the label. */
  optional?: boolean
  /** For assistive technology; forms validate by themselves. */
  required?: boolean
  /** At the right end of the label's line, e.g. a link. */
  aside?: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  const noteId = `${id}-note`
  const control: FieldControl = { id, 'aria-labelledby': `${id}-label` }
  if (error || hint) control['aria-describedby'] = noteId
  if (error) control['aria-invalid'] = true
  if (required) control.required = true
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label id={`${id}-label`} htmlFor={id} className="font-medium text-control">
          {label}
          {optional && <span className="font-normal text-ink-3"> optional</span>}
        </label>
        {aside && <span className="text-caption text-ink-3">{aside}</span>}
      </div>
      <FieldContext value={control}>{children}</FieldContext>
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  )
}

/** Several controls under one legend: radio cards, a row of checkboxes, an interval of two inputs. */
export function FieldGroup({
  legend,
  hint,
  error,
  children,
  className,
}: {
  legend: ReactNode
  hint?: ReactNode
  error?: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  return (
    <fieldset
      aria-describedby={hint || error ? id : undefined}
      className={cn('grid min-w-0 content-start gap-1.5', className)}
    >
      <legend className="mb-1.5 font-medium text-control">{legend}</legend>
      {children}
      <FieldNote id={id} hint={hint} error={error} />
    </fieldset>
  )
}

function FieldNote({ id, hint, error }: { id: string; hint?: ReactNode; error?: ReactNode }) {
  if (error) {
    return (
      <p id={id} role="alert" className="flex items-start gap-1.5 text-caption text-failed-ink">
        <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        <span>{error}</span>
      </p>
    )
  }
  if (hint) {
    return (
      <p id={id} className="text-caption text-ink-3">
        {hint}
      </p>
    )
  }
  return null
}
