'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import type { Settings } from '../api-types'
import { HeldChoice } from './held-choice'
import { useSettingsForm } from './use-settings-form'

/** How often an email is tried, and who decides over those whose delivery is unknown. */
export function FailureForm({ settings }: { settings: Settings }) {
  const { values, errors, change, form, footer } = useSettingsForm({
    settings,
    pick: ({ maxAttempts, held, heldHours }) => ({ maxAttempts, held, heldHours }),
    read: ({ readFailureRules }, values) => readFailureRules(values),
  })
  return (
    <form {...form}>
      <Card aria-labelledby="failures">
        <CardHeader id="failures" title="When an email does not go through" />
        <CardBody className="grid gap-5">
          <Field
            label="Attempts per email"
            error={errors.maxAttempts}
            hint="Only a problem with the recipient uses one up. The first repeat comes after 1 h, then the wait doubles; where its mailbox is full, the repeats are spread over 3 days."
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
        {footer}
      </Card>
    </form>
  )
}
