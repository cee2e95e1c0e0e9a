'use client'

import { type FormEvent, useRef, useState } from 'react'
import { ZoneField } from '@/components/time/zone-field'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input, InputWithUnit, Textarea } from '@/components/ui/fields/input'
import { Stack } from '@/components/ui/layout'
import { api, messageOf } from '@/trpc/react'
import type { Settings } from '../api-types'
import { focusFirstError } from '../focus-first-error'
import { SaveNote } from '../save-note'
import { type GeneralErrors, type GeneralValues, generalValues, readGeneral } from './general-values'
import { HeldChoice } from './held-choice'

/** The settings as a form with one save button; nothing is kept before it is pressed. */
export function GeneralForm({ settings }: { settings: Settings }) {
  const utils = api.useUtils()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(() => generalValues(settings))
  const [errors, setErrors] = useState<GeneralErrors>({})
  const [touched, setTouched] = useState(false)
  const save = api.settings.update.useMutation({
    onSuccess: (saved) => {
      utils.settings.get.setData(undefined, saved)
      setValues(generalValues(saved))
      setTouched(false)
    },
  })
  const change = (patch: Partial<GeneralValues>) => {
    setValues((before) => ({ ...before, ...patch }))
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in patch))))
    setTouched(true)
    save.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readGeneral(values)
    setErrors(read.ok ? {} : read.errors)
    if (read.ok) save.mutate(read.input)
    else focusFirstError(form.current)
  }
  const refused = save.isError || Object.keys(errors).length > 0
  const state = save.isPending
    ? 'saving'
    : refused
      ? 'refused'
      : touched
        ? 'changed'
        : save.isSuccess
          ? 'saved'
          : 'untouched'

  return (
    <form ref={form} onSubmit={submit} noValidate className="max-w-[720px]">
      <Stack>
        <Card>
          <CardHeader title="Who you are" />
          <CardBody className="grid gap-4">
            <Field label="Company name" error={errors.companyName} hint="Templates can use it as the sender's company.">
              <Input
                value={values.companyName}
                onChange={({ target }) => change({ companyName: target.value })}
                autoComplete="organization"
                maxLength={120}
              />
            </Field>
            <Field
              label="Postal address"
              error={errors.postalAddress}
              hint="Stands at the foot of every campaign email: the law asks senders of commercial email for it. Without one, no campaign starts."
            >
              <Textarea
                rows={3}
                value={values.postalAddress}
                onChange={({ target }) => change({ postalAddress: target.value })}
                autoComplete="street-address"
                maxLength={500}
              />
            </Field>
            <ZoneField
              label="Default time zone"
              hint="New campaigns begin with it, and lists show their times in it."
              error={errors.defaultTimezone}
              value={values.defaultTimezone}
              onValueChange={(defaultTimezone) => change({ defaultTimezone })}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="When an email does not go through" />
          <CardBody className="grid gap-5">
            <Field
              label="Attempts per email"
              error={errors.maxAttempts}
              hint="Only a problem with the recipient uses one up. The first repeat comes after 1 h, then the wait doubles."
            >
              <InputWithUnit
                type="number"
                min={1}
                max={10}
                inputMode="numeric"
                className="w-20 shrink-0"
                value={values.maxAttempts}
                onChange={({ target }) => change({ maxAttempts: target.value })}
                after="at most, the first one included"
              />
            </Field>
            <HeldChoice values={values} error={errors.heldHours} onChange={change} />
          </CardBody>
          <CardFooter>
            <Button type="submit" variant="primary" pending={save.isPending} disabled={!touched}>
              Save changes
            </Button>
            <SaveNote state={state} />
            {save.error && (
              <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." className="w-full" />
            )}
          </CardFooter>
        </Card>
      </Stack>
    </form>
  )
}
