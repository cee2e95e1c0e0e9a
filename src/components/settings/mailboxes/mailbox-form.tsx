'use client'

import { type FormEvent, useRef, useState } from 'react'
import { useHealth } from '@/components/shell/health'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Stack } from '@/components/ui/layout'
import type { MailboxInput } from '@/domain/mailbox'
import { focusFirstError } from '../focus-first-error'
import { SaveNote } from '../save-note'
import { placeWords } from './mailbox-text'
import { type MailboxErrors, type MailboxValues, readMailbox } from './mailbox-values'
import { PaceFields } from './pace-fields'
import { ServerFields } from './server-fields'

export type MailboxFields = {
  values: MailboxValues
  errors: MailboxErrors
  change: (patch: Partial<MailboxValues>) => void
}

/** Everything about a mailbox, saved by one button. */
export function MailboxForm({
  initial,
  hasPassword,
  saving,
  saved,
  error,
  submitLabel,
  onSubmit,
  onChange,
}: {
  initial: MailboxValues
  /** A password is stored; it is never shown. */
  hasPassword: boolean
  saving: boolean
  saved: boolean
  /** Why the server refused it. */
  error: string | null
  submitLabel: string
  onSubmit: (input: MailboxInput) => void
  onChange: () => void
}) {
  const form = useRef<HTMLFormElement>(null)
  const sandbox = useHealth().data?.mode === 'sandbox'
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<MailboxErrors>({})
  const [touched, setTouched] = useState(false)
  const change = (patch: Partial<MailboxValues>) => {
    setValues((before) => ({ ...before, ...patch }))
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in patch))))
    setTouched(true)
    onChange()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readMailbox(values)
    setErrors(read.ok ? {} : read.errors)
    if (read.ok) onSubmit(read.input)
    else focusFirstError(form.current)
  }
  const marked = Object.keys(errors).length
  const fields = { values, errors, change }

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack>
        <Card>
          <CardHeader title="Sender" />
          <SenderFields {...fields} />
        </Card>
        <Card>
          <CardHeader title="Server" />
          <CardBody className="grid gap-4">
            <RadioCards
              legend="Emails leave through"
              columns={2}
              value={values.kind}
              onValueChange={(kind) => change({ kind })}
              options={(['environment', 'smtp'] as const).map((kind) => {
                const { name, hint } = placeWords({ kind }, sandbox)
                return { value: kind, label: name, hint }
              })}
            />
            {values.kind === 'smtp' && <ServerFields {...fields} hasPassword={hasPassword} />}
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Pace and window" />
          <PaceFields {...fields} />
          <CardFooter>
            <Button type="submit" variant="primary" pending={saving} disabled={!touched}>
              {submitLabel}
            </Button>
            <SaveNote
              state={
                saving
                  ? 'saving'
                  : marked > 0 || error
                    ? 'refused'
                    : saved
                      ? 'saved'
                      : touched
                        ? 'changed'
                        : 'untouched'
              }
            />
            {error && <ErrorState title={error} untouched="Nothing was saved." className="w-full" />}
          </CardFooter>
        </Card>
      </Stack>
    </form>
  )
}

function SenderFields({ values, errors, change }: MailboxFields) {
  return (
    <CardBody className="grid gap-4">
      <Field label="Name of this mailbox" hint="Only you and your team see it." error={errors.name} required>
        <Input value={values.name} onChange={({ target }) => change({ name: target.value })} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="From name" hint="Recipients see it." error={errors.fromName} required>
          <Input
            value={values.fromName}
            onChange={({ target }) => change({ fromName: target.value })}
            placeholder="Sam Porter"
          />
        </Field>
        <Field label="From address" error={errors.fromEmail} required>
          <Input
            type="email"
            value={values.fromEmail}
            onChange={({ target }) => change({ fromEmail: target.value })}
            placeholder="sam@company.com"
          />
        </Field>
      </div>
      <Field label="Reply-to address" optional hint="Empty: replies go to the From address." error={errors.replyTo}>
        <Input type="email" value={values.replyTo} onChange={({ target }) => change({ replyTo: target.value })} />
      </Field>
      <Field label="Signature" optional hint="Stands between the text and the postal address." error={errors.signature}>
        <Textarea rows={3} value={values.signature} onChange={({ target }) => change({ signature: target.value })} />
      </Field>
    </CardBody>
  )
}
