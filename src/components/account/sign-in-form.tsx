'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { signIn, verifyCode } from './auth-client'
import { SubmitButton } from './submit-button'
import { useAccountForm } from './use-account-form'

const checks = later(() => import('./account-checks'))

/** `next` is a path of this site, where the person wanted to go. */
export function SignInForm({ next }: { next: string }) {
  const [asksCode, setAsksCode] = useState(false)
  // A whole load: nothing that was rendered for nobody stays.
  const enter = () => location.assign(next)
  if (asksCode) return <CodeForm onDone={enter} onBack={() => setAsksCode(false)} />
  return <PasswordForm onDone={enter} onCode={() => setAsksCode(true)} />
}

function PasswordForm({ onDone, onCode }: { onDone: () => void; onCode: () => void }) {
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { email: '', password: '' },
    read: async (typed) => (await checks.load()).readCredentials(typed),
    send: signIn,
    onDone: (answer) => (answer?.twoFactorRedirect ? onCode() : onDone()),
  })
  return (
    <form {...form} className="grid gap-4">
      {refusal && <ErrorState title={refusal} />}
      <Field label="Email" error={errors.email} required>
        <Input type="email" autoComplete="username" autoFocus {...input('email')} />
      </Field>
      <Field
        label="Password"
        error={errors.password}
        aside={<TextLink href={routes.forgot}>Forgot it?</TextLink>}
        required
      >
        <Input type="password" autoComplete="current-password" {...input('password')} />
      </Field>
      <SubmitButton pending={pending}>Sign in</SubmitButton>
    </form>
  )
}

/** The second step, for accounts with a second factor. */
function CodeForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { code: '' },
    read: async (typed) => (await checks.load()).readCode(typed),
    send: verifyCode,
    onDone,
  })
  return (
    <form {...form} className="grid gap-4">
      {refusal && <ErrorState title={refusal} />}
      <Field
        label="Code"
        hint="The six digits that your app shows now, or one of your backup codes."
        error={errors.code}
        required
      >
        <Input autoComplete="one-time-code" spellCheck={false} autoFocus {...input('code')} />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Sign in
      </Button>
      <Button variant="link" onClick={onBack}>
        Back to email and password
      </Button>
    </form>
  )
}
