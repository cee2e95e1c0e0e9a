'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { KEPT_BOUNDS, KEPT_THINGS } from '@/domain/retention'
import { api, messageOf } from '@/trpc/react'
import type { Settings } from '../api-types'
import { SaveNote, saveState } from '../save-note'
import { KEPT_TEXT } from './kept-text'
import { daysWords, type KeptDays, type KeptValues, keptDaysOf, keptShorter, keptValues, readKept } from './kept-values'

/** For how many days things are kept. What is deleted by shorter ones is asked about first: it does not come back. */
export function KeptForm({ settings }: { settings: Settings }) {
  const utils = api.useUtils()
  const saved = keptDaysOf(settings)
  const [values, setValues] = useState(() => keptValues(saved))
  const [errors, setErrors] = useState<Partial<KeptValues>>({})
  const [asked, setAsked] = useState<Partial<KeptDays> | null>(null)
  const save = api.settings.updateRetention.useMutation({
    onSuccess: (now) => {
      utils.settings.get.setData(undefined, now)
      setValues(keptValues(keptDaysOf(now)))
    },
    onSettled: () => setAsked(null),
  })
  const touched = KEPT_THINGS.some((thing) => values[thing] !== keptValues(saved)[thing])
  const send = ({ sessionDays, ...input }: Partial<KeptDays>) =>
    save.mutate({ ...input, ...(typeof sessionDays === 'number' && { sessionDays }) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readKept(values, saved)
    if (!read.ok) return setErrors(read.errors)
    if (keptShorter(read.input, saved).length > 0) setAsked(read.input)
    else send(read.input)
  }
  const refused = save.isError || Object.values(errors).some(Boolean)
  return (
    <form onSubmit={submit} noValidate>
      <Card aria-labelledby="kept">
        <CardHeader id="kept" title="How long things are kept" />
        <CardBody className="grid gap-5">
          {KEPT_THINGS.map((thing) => (
            <Field key={thing} label={KEPT_TEXT[thing].name} error={errors[thing]} hint={KEPT_TEXT[thing].lost}>
              <InputWithUnit
                type="number"
                min={KEPT_BOUNDS[thing].least}
                max={KEPT_BOUNDS[thing].most}
                inputMode="numeric"
                className="w-24 shrink-0"
                placeholder={KEPT_BOUNDS[thing].forEver ? 'for ever' : ''}
                value={values[thing]}
                onChange={({ target }) => {
                  setValues({ ...values, [thing]: target.value })
                  setErrors({ ...errors, [thing]: undefined })
                  save.reset()
                }}
                after={KEPT_TEXT[thing].from}
              />
            </Field>
          ))}
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" pending={save.isPending} disabled={!touched}>
            Save changes
          </Button>
          <SaveNote
            state={saveState({ pending: save.isPending, refused, saved: save.isSuccess && !touched, touched })}
          />
          {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." className="w-full" />}
        </CardFooter>
      </Card>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => open || setAsked(null)}
        title="Delete what is older?"
        confirmLabel="Save and delete"
        tone="danger"
        pending={save.isPending}
        onConfirm={() => asked && send(asked)}
      >
        {asked &&
          keptShorter(asked, saved).map((thing) => (
            <p key={thing}>
              {KEPT_TEXT[thing].name}: kept {daysWords(asked[thing] ?? null)} instead of {daysWords(saved[thing])}.{' '}
              {KEPT_TEXT[thing].lost}
            </p>
          ))}
        <p>It begins within a minute, and what is gone does not come back.</p>
      </ConfirmDialog>
    </form>
  )
}
