'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { TextLink } from '@/components/ui/text-link'
import { useAlive } from '@/components/ui/use-alive'
import { routes } from '@/routes'
import { signUpOwner } from './auth-client'

const owner = z.object({
  name: z.string().trim().min(1, 'Enter your name: it stands beside what you do.').max(100, 'At most 100 characters.'),
  email: z.email('Enter an email address, such as name@company.com.'),
  password: z.string().min(12, 'At least 12 characters: a few words do well.').max(256, 'At most 256 characters.'),
})

/** Creates the first account, which owns this installation. */
export function OwnerForm() {
  const form = useForm({ resolver: zodResolver(owner), defaultValues: { name: '', email: '', password: '' } })
  const alive = useAlive()
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState
  const submit = form.handleSubmit(async (values) => {
    const answer = await signUpOwner(values)
    if (!answer.ok) return form.setError('root', { message: answer.message })
    location.assign(routes.campaigns())
  })
  const closed = errors.root?.message?.startsWith('Sign-up is closed')
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {errors.root?.message && (
        <ErrorState
          title={errors.root.message}
          untouched="No account was created."
          action={closed ? <TextLink href={routes.signIn()}>Go to sign in</TextLink> : undefined}
        />
      )}
      <Field label="Your name" error={errors.name?.message} required>
        <Input autoComplete="name" autoFocus {...form.register('name')} />
      </Field>
      <Field label="Email" error={errors.email?.message} required>
        <Input type="email" autoComplete="username" {...form.register('email')} />
      </Field>
      <Field
        label="Password"
        hint="At least 12 characters: a few words do well."
        error={errors.password?.message}
        required
      >
        <Input type="password" autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={isSubmitting || isSubmitSuccessful}
        disabled={!alive}
        className={alive ? undefined : 'disabled:opacity-100'}
      >
        Create the owner
      </Button>
    </form>
  )
}
