'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'

/** For how long the log keeps its lines. */
export function AuditDays({ saved }: { saved: number }) {
  const utils = api.useUtils()
  const [typed, setTyped] = useState(String(saved))
  const [problem, setProblem] = useState<string | null>(null)
  const save = api.settings.update.useMutation({
    onSuccess: (settings) => {
      utils.settings.get.setData(undefined, settings)
      notifyDone(`Lines are kept for ${settings.auditDays} days.`)
    },
    onError: (error) => setProblem(messageOf(error)),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const days = Number(typed)
    if (Number.isInteger(days) && days >= 30 && days <= 3650) save.mutate({ auditDays: days })
    else setProblem('A whole number of days from 30 to 3650.')
  }
  return (
    <Card>
      <CardBody className="pt-4">
        <form onSubmit={submit} noValidate className="flex flex-wrap items-end gap-3">
          <Field label="Keep lines for" error={problem}>
            <InputWithUnit
              type="number"
              min={30}
              max={3650}
              inputMode="numeric"
              className="w-24 shrink-0"
              value={typed}
              onChange={({ target }) => {
                setTyped(target.value)
                setProblem(null)
              }}
              after="days"
            />
          </Field>
          <Button type="submit" pending={save.isPending} disabled={typed === String(saved)}>
            Save days
          </Button>
        </form>
      </CardBody>
    </Card>
  )
}
