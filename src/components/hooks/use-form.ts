'use client'

import { type FormEvent, useRef, useState } from 'react'
import { focusFirstError } from './focus-first-error'

export type FormErrors<Values> = { [Field in keyof Values]?: string | undefined }

/** The reading of a form's values: the input to send, or the errors by field. */
export type Read<Values, Input> = { ok: true; input: Input } | { ok: false; errors: FormErrors<Values> }

/**
 * The state of a form with one save button: its values as typed, errors by field, whether something was touched. A submit
 * that cannot be read marks its fields and focuses the first of them; a change clears the marks of what it changes.
 */
export function useForm<Values extends object, Input>({
  initial,
  read,
  onSubmit,
  onChange,
}: {
  initial: Values | (() => Values)
  read: (values: Values) => Read<Values, Input>
  onSubmit: (input: Input) => void
  /** After every change, such as to forget what the server said of the values before. */
  onChange?: () => void
}) {
  const ref = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<FormErrors<Values>>({})
  const [touched, setTouched] = useState(false)
  return {
    values,
    errors,
    touched,
    marked: Object.values(errors).some(Boolean),
    change: (patch: Partial<Values>) => {
      setValues((before) => ({ ...before, ...patch }))
      setErrors((before) => without(before, patch))
      setTouched(true)
      onChange?.()
    },
    /** `saved` is what the server has now. */
    settle: (saved: Values) => {
      setValues(saved)
      setTouched(false)
    },
    /** For the form element. */
    form: {
      ref,
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault()
        const answer = read(values)
        setErrors(answer.ok ? {} : answer.errors)
        if (answer.ok) onSubmit(answer.input)
        else focusFirstError(ref.current)
      },
    },
  }
}

function without<Values extends object>(errors: FormErrors<Values>, patch: Partial<Values>): FormErrors<Values> {
  const left = { ...errors }
  for (const field in patch) delete left[field]
  return left
}
