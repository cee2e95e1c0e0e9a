'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import type { Settings } from '../api-types'
import { useSettingsForm } from './use-settings-form'

/** What answers do to the emails that are planned, in mailboxes whose answers are read. */
export function AnswersForm({ settings }: { settings: Settings }) {
  const { values, errors, change, form, footer } = useSettingsForm({
    settings,
    pick: ({ awayDays, freshReadMinutes }) => ({ awayDays, freshReadMinutes }),
    read: ({ readAnswerRules }, values) => readAnswerRules(values),
  })
  return (
    <form {...form}>
      <Card aria-labelledby="answers">
        <CardHeader id="answers" title="When leads answer" />
        <CardBody className="grid gap-5">
          <Field
            label="Away without a date"
            error={errors.awayDays}
            hint="A lead whose out-of-office reply names no day of return gets its next email after that. With a day, it waits for that day."
          >
            <InputWithUnit
              type="number"
              min={1}
              max={100}
              inputMode="numeric"
              className="w-20 shrink-0"
              value={values.awayDays}
              onChange={({ target }) => change({ awayDays: target.value })}
              after="days to wait"
            />
          </Field>
          <Field
            label="Read answers before a follow-up"
            error={errors.freshReadMinutes}
            hint="A follow-up waits until the answers of its mailbox were read so lately. Mailboxes whose replies are not read do not wait."
          >
            <InputWithUnit
              type="number"
              min={1}
              max={1440}
              inputMode="numeric"
              className="w-20 shrink-0"
              value={values.freshReadMinutes}
              onChange={({ target }) => change({ freshReadMinutes: target.value })}
              after="minutes before, at most"
            />
          </Field>
        </CardBody>
        {footer}
      </Card>
    </form>
  )
}
