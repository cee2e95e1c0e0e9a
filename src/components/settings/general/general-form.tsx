'use client'

import { useForm } from '@/components/hooks/use-form'
import { ZoneField } from '@/components/time/zone-field'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input, InputWithUnit, Textarea } from '@/components/ui/fields/input'
import { Stack } from '@/components/ui/layout'
import { api, messageOf } from '@/trpc/react'
import type { Settings } from '../api-types'
import { SaveNote, saveState } from '../save-note'
import { type GeneralErrors, type GeneralValues, generalValues, readGeneral } from './general-values'
import { HeldChoice } from './held-choice'

type Fields = { values: GeneralValues; errors: GeneralErrors; change: (patch: Partial<GeneralValues>) => void }

/** The settings as a form with one save button; nothing is kept before it is pressed. */
export function GeneralForm({ settings }: { settings: Settings }) {
  const utils = api.useUtils()
  const save = api.settings.update.useMutation({
    onSuccess: (saved) => {
      utils.settings.get.setData(undefined, saved)
      settle(generalValues(saved))
    },
  })
  const { values, errors, touched, marked, change, settle, form } = useForm({
    initial: () => generalValues(settings),
    read: readGeneral,
    onSubmit: (input) => save.mutate(input),
    onChange: () => save.reset(),
  })
  const fields = { values, errors, change }
  return (
    <form {...form} className="max-w-[720px]">
      <Stack>
        <Card>
          <CardHeader title="Who you are" />
          <SenderFields {...fields} />
        </Card>
        <Card>
          <CardHeader title="When an email does not go through" />
          <FailureFields {...fields} />
          <CardFooter>
            <Button type="submit" variant="primary" pending={save.isPending} disabled={!touched}>
              Save changes
            </Button>
            <SaveNote
              state={saveState({
                pending: save.isPending,
                refused: save.isError || marked,
                saved: save.isSuccess && !touched,
                touched,
              })}
            />
            {save.error && (
              <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." className="w-full" />
            )}
          </CardFooter>
        </Card>
      </Stack>
    </form>
  )
}

function SenderFields({ values, errors, change }: Fields) {
  return (
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
  )
}

function FailureFields({ values, errors, change }: Fields) {
  return (
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
  )
}
