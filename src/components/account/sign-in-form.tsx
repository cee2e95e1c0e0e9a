'use client'

import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { useAlive } from '@/components/ui/use-alive'
import { signIn } from './auth-client'
import { useAccountForm } from './use-account-form'

const checks = later(() => import('./account-checks'))

/** `next` is a path of this site, where the person wanted to go. */
export function SignInForm({ next }: { next: string }) {
  const alive = useAlive()
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { email: '', password: '' },
    read: async (typed) => (await checks.load()).readCredentials(typed),
    send: signIn,
    // A whole load: nothing that was rendered for nobody stays.
    onDone: () => location.assign(next),
  })
  return (
    <form {...form} className="grid gap-4">
      {refusal && <ErrorState title={refusal} />}
      <Field label="Email" error={errors.email} required>
        <Input type="email" autoComplete="username" autoFocus {...input('email')} />
      </Field>
      <Field label="Password" error={errors.password} required>
        <Input type="password" autoComplete="current-password" {...input('password')} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={pending}
        disabled={!alive}
        className={alive ? undefined : 'disabled:opacity-100'}
      >
        Sign in
      </Button>
    </form>
  )
}
