'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { notifyDone } from '@/components/ui/overlays/toast'
import { ROLE_NAMES } from '@/domain/team/roles'
import { type ApiOutputs, api, messageOf } from '@/trpc/react'

/** The name that stands beside what a person does; address and role are shown only. */
export function NameCard({ account }: { account: ApiOutputs['account']['get'] }) {
  const utils = api.useUtils()
  const router = useRouter()
  const [name, setName] = useState(account.name)
  const [problem, setProblem] = useState<string | null>(null)
  const save = api.account.update.useMutation({
    onSuccess: async (saved) => {
      setName(saved.name)
      notifyDone('The name was saved.')
      await utils.account.get.invalidate()
      // The menu shows it, and the server made that.
      router.refresh()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = name.trim()
    if (typed.length < 1 || typed.length > 100) setProblem('Enter a name of at most 100 characters.')
    else save.mutate({ name: typed })
  }
  return (
    <Card aria-labelledby="you">
      <CardHeader id="you" title="You" />
      <form onSubmit={submit} noValidate>
        <CardBody className="grid gap-4">
          <Field label="Name" hint="Shown next to what you do." error={problem} required>
            <Input
              autoComplete="name"
              value={name}
              onChange={({ target }) => {
                setName(target.value)
                setProblem(null)
                save.reset()
              }}
            />
          </Field>
          <p className="text-ink-2 [overflow-wrap:anywhere]">
            {account.email} · {ROLE_NAMES[account.role]}
          </p>
        </CardBody>
        <CardFooter>
          <Button type="submit" pending={save.isPending} disabled={name.trim() === account.name}>
            Save name
          </Button>
          {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." className="w-full" />}
        </CardFooter>
      </form>
    </Card>
  )
}
