'use client'

import { useEffect, useState } from 'react'
import { browserZone } from '@/components/time/local-time'
import { ZoneField } from '@/components/time/zone-field'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { signUpOwner } from './auth-client'
import { SubmitButton } from './submit-button'
import { useAccountForm } from './use-account-form'

const checks = later(() => import('./account-checks'))

/** Creates the first account, which owns this installation. `code`: the one-time code of the link that was opened. */
export function OwnerForm({ code }: { code: string }) {
  const [timezone, setTimezone] = useState('UTC')
  useEffect(() => setTimezone(browserZone()), [])
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { code: '', name: '', email: '', password: '', timezone: '' },
    read: async (typed) => (await checks.load()).readOwner(typed),
    send: signUpOwner,
    onDone: () => location.assign(routes.campaigns()),
  })
  const closed = refusal?.startsWith('Sign-up is closed')
  return (
    <form {...form} className="grid gap-4">
      {refusal && (
        <ErrorState
          title={refusal}
          untouched="No account was created."
          action={closed ? <TextLink href={routes.signIn()}>Go to sign in</TextLink> : undefined}
        />
      )}
      <Field label="One-time code" hint="The terminal in which “npm start” runs shows it." error={errors.code} required>
        <Input autoComplete="off" spellCheck={false} autoFocus={code === ''} defaultValue={code} {...input('code')} />
      </Field>
      <Field label="Your name" error={errors.name} required>
        <Input autoComplete="name" autoFocus={code !== ''} {...input('name')} />
      </Field>
      <Field label="Email" error={errors.email} required>
        <Input type="email" autoComplete="username" {...input('email')} />
      </Field>
      <Field label="Password" hint="At least 12 characters: a few words do well." error={errors.password} required>
        <Input type="password" autoComplete="new-password" {...input('password')} />
      </Field>
      <input type="hidden" name="timezone" value={timezone} />
      <ZoneField
        label="Time zone"
        hint="Sending windows and new campaigns begin with it."
        value={timezone}
        onValueChange={setTimezone}
      />
      <SubmitButton pending={pending}>Create the owner</SubmitButton>
    </form>
  )
}
