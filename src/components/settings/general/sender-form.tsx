'use client'

import { useQueryStates } from 'nuqs'
import { useEffect, useRef } from 'react'
import { ZoneField } from '@/components/time/zone-field'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import type { Settings } from '../api-types'
import { generalParsers } from './general-search-params'
import { useSettingsForm } from './use-settings-form'

/** Who sends, and in which zone. The postal address takes the focus where the address of the page asks for it. */
export function SenderForm({ settings }: { settings: Settings }) {
  const { values, errors, change, form, footer } = useSettingsForm({
    settings,
    pick: ({ companyName, postalAddress, defaultTimezone }) => ({ companyName, postalAddress, defaultTimezone }),
    read: ({ readSender }, values) => readSender(values),
  })
  const [{ focus }] = useQueryStates(generalParsers)
  const address = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (focus !== 'postal-address') return
    address.current?.focus()
    address.current?.scrollIntoView({ block: 'center' })
  }, [focus])
  return (
    <form {...form}>
      <Card aria-labelledby="sender">
        <CardHeader id="sender" title="Who you are" />
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
              ref={address}
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
        {footer}
      </Card>
    </form>
  )
}
