'use client'

import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { routes } from '@/routes'
import { acceptInvitation, signIn } from './auth-client'
import { SubmitButton } from './submit-button'
import { useAccountForm } from './use-account-form'

const checks = later(() => import('./account-checks'))

/** Makes the account of an invited person and signs them in. */
export function InvitationForm({ token, email }: { token: string; email: string }) {
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { name: '', password: '' },
    read: async (typed) => (await checks.load()).readInvited(typed),
    send: async ({ name, password }) => {
      const accepted = await acceptInvitation({ token, name, password })
      return accepted.ok ? signIn({ email, password }) : accepted
    },
    onDone: () => location.assign(routes.campaigns()),
  })
  return (
    <form {...form} className="grid gap-4">
      {refusal && <ErrorState title={refusal} />}
      <Field label="Email" hint="The address that was invited.">
        <Input type="email" autoComplete="username" readOnly value={email} />
      </Field>
      <Field label="Your name" error={errors.name} required>
        <Input autoComplete="name" autoFocus {...input('name')} />
      </Field>
      <Field label="Password" hint="At least 12 characters: a few words do well." error={errors.password} required>
        <Input type="password" autoComplete="new-password" {...input('password')} />
      </Field>
      <SubmitButton pending={pending}>Make the account</SubmitButton>
    </form>
  )
}
