'use client'

import { type FormEvent, useState } from 'react'
import { focusFirstError } from '@/components/hooks/focus-first-error'
import type { FormErrors, Read } from '@/components/hooks/use-form'
import type { Answer } from './auth-client'

/**
 * A short form in front of the door. Its fields keep their own text, so that what a password manager fills in before the
 * page is alive is not lost; it is read when the form is submitted.
 */
export function useAccountForm<Values extends Record<string, string>>({
  fields,
  read,
  send,
  onDone,
}: {
  fields: Values
  read: (values: Values) => Read<Values, Values>
  send: (values: Values) => Promise<Answer>
  onDone: () => void
}) {
  const [errors, setErrors] = useState<FormErrors<Values>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const typed = { ...fields }
    for (const name in fields) Object.assign(typed, { [name]: String(data.get(name) ?? '') })
    const answer = read(typed)
    setErrors(answer.ok ? {} : answer.errors)
    setRefusal(null)
    if (!answer.ok) return focusFirstError(form)
    setPending(true)
    const sent = await send(answer.input)
    if (sent.ok) return onDone()
    setRefusal(sent.message)
    setPending(false)
  }
  return {
    errors,
    refusal,
    /** Stays while the next page is on its way. */
    pending,
    form: { method: 'post', noValidate: true, onSubmit: submit } as const,
    /** For an input: its name, and the end of its mark once it is changed. */
    input: (name: keyof Values & string) => ({ name, onInput: () => setErrors({ ...errors, [name]: undefined }) }),
  }
}
