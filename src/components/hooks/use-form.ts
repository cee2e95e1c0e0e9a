'use client'

import { type FormEvent, useRef, useState } from 'react'
import { notifyFailed } from '@/components/ui/overlays/toast'
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
  /** Its rules may have to be fetched first. */
  read: (values: Values) => Promise<Read<Values, Input>>
  onSubmit: (input: Input) => void
  /** After every change, such as to forget what the server said of the values before. */
  onChange?: () => void
}) {
  const ref = useRef<HTMLFormElement>(null)
  const reading = useRef(false)
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
      onSubmit: async (event: FormEvent) => {
        event.preventDefault()
        // Once at a time: a second press while it is read would send it twice.
        if (reading.current) return
        reading.current = true
        const answer = await read(values).catch(notChecked)
        reading.current = false
        if (!answer) return
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

/** Says that the rules of a form did not come. What is typed stays, and so does the button. */
export function notChecked() {
  notifyFailed('What you entered could not be checked.', {
    description: 'Nothing was saved. Check the connection, then try again. What you entered is still here.',
  })
}
