'use client'

import { useEffect, useState } from 'react'
import { z } from 'zod'
import type { Read } from '@/components/hooks/use-form'
import { browserZone } from '@/components/time/local-time'
import { ZoneField } from '@/components/time/zone-field'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { TextLink } from '@/components/ui/text-link'
import { useAlive } from '@/components/ui/use-alive'
import { routes } from '@/routes'
import { signUpOwner } from './auth-client'
import { useAccountForm } from './use-account-form'

const owner = z.object({
  code: z.string().trim().min(1, 'Enter the code that the terminal shows, such as 7KMR-Q2XD-9TBW.'),
  name: z.string().trim().min(1, 'Enter your name: it stands beside what you do.').max(100, 'At most 100 characters.'),
  email: z.email('Enter an email address, such as name@company.com.'),
  timezone: z.string(),
  password: z.string().min(12, 'At least 12 characters: a few words do well.').max(256, 'At most 256 characters.'),
})

type Owner = z.infer<typeof owner>

function readOwner(typed: Owner): Read<Owner, Owner> {
  const parsed = owner.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  const { code, name, email, password } = z.flattenError(parsed.error).fieldErrors
  return { ok: false, errors: { code: code?.[0], name: name?.[0], email: email?.[0], password: password?.[0] } }
}

/** Creates the first account, which owns this installation. `code`: the one-time code of the link that was opened. */
export function OwnerForm({ code }: { code: string }) {
  const alive = useAlive()
  const [timezone, setTimezone] = useState('UTC')
  useEffect(() => setTimezone(browserZone()), [])
  const { errors, refusal, pending, form, input } = useAccountForm({
    fields: { code: '', name: '', email: '', password: '', timezone: '' },
    read: readOwner,
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
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={pending}
        disabled={!alive}
        className={alive ? undefined : 'disabled:opacity-100'}
      >
        Create the owner
      </Button>
    </form>
  )
}
