'use client'

import { type FormEvent, useRef, useState } from 'react'
import { focusFirstError } from '@/components/hooks/focus-first-error'
import type { FormErrors, Read } from '@/components/hooks/use-form'
import type { Answer } from './auth-client'

/**
 * A short form in front of the door. Its fields keep their own text, so that what a password manager fills in before the
 * page is alive is not lost; it is read when the form is submitted.
 */
export function useAccountForm<Values extends Record<string, string>, Data>({
  fields,
  read,
  send,
  onDone,
}: {
  fields: Values
  read: (values: Values) => Promise<Read<Values, Values>>
  send: (values: Values) => Promise<Answer<Data>>
  /** With what the server answered. */
  onDone: (data: Data) => void
}) {
  const [errors, setErrors] = useState<FormErrors<Values>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const sending = useRef(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const typed = { ...fields }
    for (const name in fields) Object.assign(typed, { [name]: String(data.get(name) ?? '') })
    if (sending.current) return
    sending.current = true
    setPending(true)
    const answer = await read(typed).catch(() => null)
    sending.current = false
    setErrors(answer && !answer.ok ? answer.errors : {})
    setRefusal(answer ? null : 'The server could not be reached. Check the connection, then try again.')
    if (!answer?.ok) {
      setPending(false)
      if (answer) focusFirstError(form)
      return
    }
    const sent = await send(answer.input)
    if (sent.ok) {
      onDone(sent.data)
      return
    }
    setRefusal(sent.message)
    setPending(false)
  }
  return {
    errors,
    refusal,
    /** Stays while the next page is on its way; ended by `settle` where there is none. */
    pending,
    settle: () => setPending(false),
    form: { method: 'post', noValidate: true, onSubmit: submit } as const,
    /** For an input: its name, and the end of its mark once it is changed. */
    input: (name: keyof Values & string) => ({ name, onInput: () => setErrors({ ...errors, [name]: undefined }) }),
  }
}
