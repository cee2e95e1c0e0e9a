'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { later } from '@/components/ui/later/later'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api } from '@/trpc/react'
import { changePassword } from './auth-client'
import { useAccountForm } from './use-account-form'

const checks = later(() => import('./account-checks'))

/** Changes the password, which ends all other sessions. */
export function PasswordCard() {
  const utils = api.useUtils()
  const fields = useRef<HTMLDivElement>(null)
  const { errors, refusal, pending, settle, form, input } = useAccountForm({
    fields: { currentPassword: '', newPassword: '' },
    read: async (typed) => (await checks.load()).readChanged(typed),
    send: changePassword,
    onDone: async () => {
      fields.current?.closest('form')?.reset()
      settle()
      notifyDone('The password was changed.', { description: 'You are signed out everywhere else.' })
      await utils.account.get.invalidate()
    },
  })
  return (
    <Card aria-labelledby="password">
      <CardHeader id="password" title="Password" />
      <form {...form}>
        <CardBody className="grid gap-4">
          {refusal && <ErrorState title={refusal} />}
          <div ref={fields} className="grid gap-4 sm:grid-cols-2">
            <Field label="Present password" error={errors.currentPassword} required>
              <Input type="password" autoComplete="current-password" {...input('currentPassword')} />
            </Field>
            <Field
              label="New password"
              hint="At least 12 characters: a few words do well."
              error={errors.newPassword}
              required
            >
              <Input type="password" autoComplete="new-password" {...input('newPassword')} />
            </Field>
          </div>
        </CardBody>
        <CardFooter>
          <Button type="submit" pending={pending}>
            Change password
          </Button>
          <span className="text-caption text-ink-3">You are signed out everywhere else.</span>
        </CardFooter>
      </form>
    </Card>
  )
}
