'use client'

import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useId, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import type { ViewedList } from '@/domain/lists/views'
import { api, messageOf } from '@/trpc/react'

/** A person's own views of a list: to open one, to keep this one under a name, or to delete one. */
export function ViewsDialog({
  list,
  path,
  query,
  open,
  onOpenChange,
}: {
  list: ViewedList
  /** The address of the list. */
  path: string
  /** What the list is asked by now. */
  query: string
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const formId = useId()
  const utils = api.useUtils()
  const [name, setName] = useState('')
  const views = api.account.views.useQuery({ list }, { enabled: open }).data ?? []
  const refresh = () => utils.account.views.invalidate()
  const save = api.account.saveView.useMutation({
    onSuccess: async () => {
      setName('')
      await refresh()
    },
  })
  const remove = api.account.deleteView.useMutation({ onSettled: refresh })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) save.mutate({ list, name, query })
  }
  const replaces = views.some((view) => view.name === name.trim())
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Views">
      {views.length > 0 ? (
        <ul aria-label="Your views" className="mb-4 divide-y rounded-control border">
          {views.map((view) => (
            <li key={view.id} className="flex items-center gap-2 py-1 pr-1 pl-3 text-control">
              <Link
                href={view.query ? `${path}?${view.query}` : path}
                onClick={() => onOpenChange(false)}
                className="min-w-0 flex-1 py-1.5 font-medium text-accent [overflow-wrap:anywhere] hover:underline"
              >
                {view.name}
              </Link>
              <IconButton
                icon={Trash2}
                label={`Delete view ${view.name}`}
                onClick={() => remove.mutate({ id: view.id })}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="mb-4 text-control text-ink-2">
          A view keeps filters, order and columns of this list under a name, for you alone.
        </p>
      )}
      <form id={formId} onSubmit={submit} noValidate className="grid gap-3">
        <Field label="Keep what is shown now as" {...(save.error ? { error: messageOf(save.error) } : {})}>
          <Input value={name} onChange={({ target }) => setName(target.value)} maxLength={80} autoComplete="off" />
        </Field>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          pending={save.isPending}
          disabled={name.trim() === ''}
        >
          {replaces ? 'Replace view' : 'Save view'}
        </Button>
      </form>
    </Dialog>
  )
}
