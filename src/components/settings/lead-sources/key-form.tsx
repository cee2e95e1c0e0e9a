'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { notifyDone } from '@/components/ui/overlays/toast'
import { messageOf } from '@/trpc/react'
import type { LeadSourceState } from '../api-types'
import { KEY_PAGE, KEY_VARIABLE } from './source-text'
import { useSaveSource } from './use-save-source'

/** The key, never shown again in full; owners and admins can give another one or take it out. */
export function KeyForm({ state, mayManage }: { state: LeadSourceState; mayManage: boolean }) {
  const { source, label, keySet, keyFrom, maskedKey } = state
  const save = useSaveSource(state)
  const [changing, setChanging] = useState(false)
  const [key, setKey] = useState('')
  const close = () => {
    setChanging(false)
    setKey('')
    save.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() === '') return
    save.mutate(
      { apiKey: key.trim(), enabled: true },
      {
        onSuccess: () => {
          notifyDone(`The key of ${label} is saved.`, { description: 'Test it before a campaign relies on it.' })
          close()
        },
      },
    )
  }
  const remove = () =>
    save.mutate({ apiKey: null, enabled: false }, { onSuccess: () => notifyDone(`The key of ${label} is taken out.`) })

  if (keySet && !changing) {
    return (
      <div className="grid gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <span className="font-medium">Key</span>
          <code className="font-mono text-[12.5px] text-ink-2">{maskedKey}</code>
          {mayManage && (
            <span className="ml-auto flex gap-2">
              <Button size="sm" onClick={() => setChanging(true)}>
                Change key
              </Button>
              {keyFrom === 'settings' && (
                <Button size="sm" onClick={remove} pending={save.isPending}>
                  Take it out
                </Button>
              )}
            </span>
          )}
        </div>
        <p className="text-caption text-ink-3">
          {keyFrom === 'environment'
            ? `It comes from ${KEY_VARIABLE[source]}, which this installation was started with. A key saved here takes its place.`
            : 'Kept encrypted, never shown in full again.'}
        </p>
        {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." />}
      </div>
    )
  }
  if (!mayManage) return <p className="text-ink-2">No key was given yet.</p>
  return (
    <form onSubmit={submit} className="grid gap-2">
      <Field
        label="Key"
        hint={`From your account at ${label}. Kept encrypted, never shown in full again.`}
        aside={<KeyPageLink source={source} label={label} />}
      >
        <Input
          type="password"
          value={key}
          onChange={({ target }) => setKey(target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={key.trim() === ''} pending={save.isPending}>
          Save key
        </Button>
        {changing && <Button onClick={close}>Cancel</Button>}
      </div>
      {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." />}
    </form>
  )
}

function KeyPageLink({ source, label }: Pick<LeadSourceState, 'source' | 'label'>) {
  return (
    <a
      href={KEY_PAGE[source]}
      target="_blank"
      rel="noopener noreferrer"
      className="rounded-small font-medium text-accent underline-offset-4 hover:underline"
    >
      Where {label} makes keys
    </a>
  )
}
