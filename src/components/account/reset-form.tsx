'use client'

import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { requestReset, resetPassword } from './auth-client'
import { SubmitButton } from './submit-button'
import { useAccountForm } from './use-account-form'

const checks = later(() => import('./account-checks'))

/** Asks for a link for a new password, by email. */
export function ForgotForm() {
  const [asked, setAsked] = useState(false)
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { email: '' },
    read: async (typed) => (await checks.load()).readAsked(typed),
    send: requestReset,
    onDone: () => setAsked(true),
  })
  if (asked) {
    return (
      <Callout tone="sent" title="If this address has an account, a link is on its way.">
        It works once, within an hour. Look into the spam folder too.
      </Callout>
    )
  }
  return (
    <form {...form} className="grid gap-4">
      {refusal && <ErrorState title={refusal} />}
      <Field label="Email" error={errors.email} required>
        <Input type="email" autoComplete="username" autoFocus {...input('email')} />
      </Field>
      <SubmitButton pending={pending}>Send the link</SubmitButton>
    </form>
  )
}

/** Sets a new password with a link. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const [done, setDone] = useState(false)
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { password: '' },
    read: async (typed) => (await checks.load()).readChosen(typed),
    send: ({ password }) => resetPassword({ token, password }),
    onDone: () => setDone(true),
  })
  if (done) {
    return (
      <Callout
        tone="sent"
        title="The password was changed."
        action={<TextLink href={routes.signIn()}>Sign in</TextLink>}
      >
        Whoever was signed in with the former one is signed out.
      </Callout>
    )
  }
  return (
    <form {...form} className="grid gap-4">
      {refusal && <ErrorState title={refusal} />}
      <Field label="Email">
        <Input type="email" autoComplete="username" readOnly value={email} />
      </Field>
      <Field label="New password" hint="At least 12 characters: a few words do well." error={errors.password} required>
        <Input type="password" autoComplete="new-password" autoFocus {...input('password')} />
      </Field>
      <SubmitButton pending={pending}>Change the password</SubmitButton>
    </form>
  )
}
