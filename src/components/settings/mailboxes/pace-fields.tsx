'use client'

import { ZoneField } from '@/components/time/zone-field'
import { CardBody } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field, FieldGroup } from '@/components/ui/fields/field'
import { Input, InputWithUnit, Textarea } from '@/components/ui/fields/input'
import { fittingWords, type MailboxFields } from './mailbox-values'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** How much, how fast and when this mailbox may send. */
export function PaceFields({ values, errors, change }: MailboxFields) {
  const fitting = fittingWords(values)
  return (
    <CardBody className="grid gap-5">
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Field label="Daily limit" optional hint="Empty: no limit." error={errors.dailyLimit}>
          <InputWithUnit
            type="number"
            min={1}
            max={100_000}
            inputMode="numeric"
            value={values.dailyLimit}
            onChange={({ target }) => change({ dailyLimit: target.value })}
            placeholder="none"
            after="emails"
          />
        </Field>
        <Seconds
          label="Minimum gap"
          hint="Between two emails."
          error={errors.minGapSeconds}
          value={values.minGapSeconds}
          onValueChange={(minGapSeconds) => change({ minGapSeconds })}
        />
        <Seconds
          label="Jitter"
          hint="Added by chance to each gap."
          error={errors.gapJitterSeconds}
          value={values.gapJitterSeconds}
          onValueChange={(gapJitterSeconds) => change({ gapJitterSeconds })}
        />
      </div>
      {fitting && (
        <p aria-live="polite" className="-mt-2 text-caption text-ink-2">
          {fitting}
        </p>
      )}
      <RampFields values={values} errors={errors} change={change} />
      <ZoneField
        label="Time zone"
        hint="Days and hours of this mailbox are counted in it."
        error={errors.timezone}
        value={values.timezone}
        onValueChange={(timezone) => change({ timezone })}
      />
      <WindowFields values={values} errors={errors} change={change} />
      <Field
        label="Holidays"
        optional
        hint="Days on which nothing leaves, one date a line, such as 2026-12-25."
        error={errors.holidays}
      >
        <Textarea
          rows={3}
          value={values.holidays}
          onChange={({ target }) => change({ holidays: target.value })}
          spellCheck={false}
        />
      </Field>
    </CardBody>
  )
}

/** How a new mailbox begins. */
function RampFields({ values, errors, change }: MailboxFields) {
  return (
    <div className="grid gap-3">
      <Checkbox
        label="Begin slowly"
        hint="A new mailbox that sends much at once is taken for junk: fewer on its first day, more on each sending day, up to the daily limit."
        checked={values.rampUp}
        onChange={({ target }) => change({ rampUp: target.checked })}
      />
      {values.rampUp && (
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Field label="On its first day" error={errors.rampStart}>
            <InputWithUnit
              type="number"
              min={1}
              inputMode="numeric"
              value={values.rampStart}
              onChange={({ target }) => change({ rampStart: target.value })}
              after="emails"
            />
          </Field>
          <Field label="More on each sending day" error={errors.rampStep}>
            <InputWithUnit
              type="number"
              min={1}
              inputMode="numeric"
              value={values.rampStep}
              onChange={({ target }) => change({ rampStep: target.value })}
              after="emails"
            />
          </Field>
          <Field label="First day" hint="Empty: today." error={errors.rampFrom}>
            <Input type="date" value={values.rampFrom} onChange={({ target }) => change({ rampFrom: target.value })} />
          </Field>
        </div>
      )}
    </div>
  )
}

/** Weekdays and hours on which it sends. */
function WindowFields({ values, errors, change }: MailboxFields) {
  return (
    <>
      <FieldGroup legend="Sends on" error={errors.windowDays}>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {WEEKDAYS.map((name, index) => (
            <Checkbox
              key={name}
              label={name}
              checked={values.windowDays.includes(index + 1)}
              onChange={({ target }) =>
                change({
                  windowDays: target.checked
                    ? [...values.windowDays, index + 1]
                    : values.windowDays.filter((day) => day !== index + 1),
                })
              }
            />
          ))}
        </div>
      </FieldGroup>
      <div className="grid gap-2">
        <Checkbox
          label="The whole day"
          checked={values.allDay}
          onChange={({ target }) => change({ allDay: target.checked })}
        />
        {!values.allDay && (
          <div className="grid max-w-[330px] grid-cols-2 items-start gap-4">
            <Field label="From" error={errors.windowStart}>
              <Input
                type="time"
                value={values.windowStart}
                onChange={({ target }) => change({ windowStart: target.value })}
              />
            </Field>
            <Field label="Until" hint="00:00 is midnight." error={errors.windowEnd}>
              <Input
                type="time"
                value={values.windowEnd}
                onChange={({ target }) => change({ windowEnd: target.value })}
              />
            </Field>
          </div>
        )}
      </div>
    </>
  )
}

function Seconds({
  label,
  hint,
  error,
  value,
  onValueChange,
}: {
  label: string
  hint: string
  error: string | undefined
  value: string
  onValueChange: (value: string) => void
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      <InputWithUnit
        type="number"
        min={0}
        max={3600}
        inputMode="numeric"
        value={value}
        onChange={({ target }) => onValueChange(target.value)}
        after="seconds"
      />
    </Field>
  )
}
