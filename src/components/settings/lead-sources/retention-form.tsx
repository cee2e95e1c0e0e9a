'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import { notifyDone } from '@/components/ui/overlays/toast'
import { messageOf } from '@/trpc/react'
import type { LeadSourceState } from '../api-types'
import { selectDays } from './retention'
import { useSaveSource } from './use-save-source'

/** How long what Google said of a company is kept: its terms allow keeping it only for a while. */
export function RetentionForm({ state, mayManage }: { state: LeadSourceState; mayManage: boolean }) {
  const save = useSaveSource(state)
  const saved = String(state.settings.retentionDays ?? '')
  const [days, setDays] = useState(saved)
  const read = selectDays(days)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!read.ok) return
    save.mutate({ settings: { retentionDays: read.days } }, { onSuccess: () => notifyDone('The time is saved.') })
  }
  return (
    <form onSubmit={submit} className="grid gap-2">
      <Field
        label="Keep what Google said for"
        hint="What came from Google is then cleared from the leads; the place id stays."
        error={read.ok ? undefined : read.problem}
      >
        <InputWithUnit
          type="number"
          min={1}
          max={365}
          inputMode="numeric"
          className="w-24 shrink-0"
          value={days}
          disabled={!mayManage}
          onChange={({ target }) => setDays(target.value)}
          after={
            <>
              days
              {mayManage && days !== saved && (
                <Button type="submit" size="sm" disabled={!read.ok} pending={save.isPending}>
                  Save
                </Button>
              )}
            </>
          }
        />
      </Field>
      {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." />}
    </form>
  )
}
