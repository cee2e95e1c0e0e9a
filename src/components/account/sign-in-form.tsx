'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { useAlive } from '@/components/ui/use-alive'
import { signIn } from './auth-client'

const credentials = z.object({
  email: z.email('Enter your email address, such as name@company.com.'),
  password: z.string().min(1, 'Enter your password.'),
})

/** `next` is a path of this site, where the person wanted to go. */
export function SignInForm({ next }: { next: string }) {
  const form = useForm({ resolver: zodResolver(credentials), defaultValues: { email: '', password: '' } })
  const alive = useAlive()
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState
  const submit = form.handleSubmit(async (values) => {
    const answer = await signIn(values)
    if (!answer.ok) return form.setError('root', { message: answer.message })
    // A whole load: nothing that was rendered for nobody stays.
    location.assign(next)
  })
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {errors.root?.message && <ErrorState title={errors.root.message} />}
      <Field label="Email" error={errors.email?.message} required>
        <Input type="email" autoComplete="username" autoFocus {...form.register('email')} />
      </Field>
      <Field label="Password" error={errors.password?.message} required>
        <Input type="password" autoComplete="current-password" {...form.register('password')} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={isSubmitting || isSubmitSuccessful}
        disabled={!alive}
        className={alive ? undefined : 'disabled:opacity-100'}
      >
        Sign in
      </Button>
    </form>
  )
}
