'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import type { LeadDetails } from '../api-types'
import { Refusal } from '../refusal'

type Line = { id: number; name: string; value: string }

const linesOf = (fields: Record<string, string>): Line[] =>
  Object.entries(fields).map(([name, value], id) => ({ id, name, value }))

/** Everything about a lead that has no field of its own; templates use each by its name. */
export function CustomFieldsDialog({ lead, onClose }: { lead: LeadDetails; onClose: () => void }) {
  const formId = useId()
  const refresh = useRefreshLeads()
  const update = api.leads.update.useMutation()
  const [lines, setLines] = useState(() => linesOf(lead.customFields))
  const change = (id: number, part: Partial<Line>) =>
    setLines((before) => before.map((line) => (line.id === id ? { ...line, ...part } : line)))
  const add = () =>
    setLines((before) => [...before, { id: Math.max(-1, ...before.map(({ id }) => id)) + 1, name: '', value: '' }])
  const save = () => {
    const named = lines.filter(({ name }) => name.trim() !== '')
    update.mutate(
      { id: lead.id, customFields: Object.fromEntries(named.map(({ name, value }) => [name, value])) },
      {
        onSuccess: () => {
          onClose()
          notifyDone('Custom fields saved.')
          void refresh()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      wide
      title="Custom fields"
      description="A template uses the value by its name: deal_size becomes {{ deal_size }}."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {lines.map((line) => (
          <div key={line.id} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)_auto] items-center gap-2">
            <Input
              aria-label="Name of the field"
              placeholder="deal_size"
              value={line.name}
              maxLength={60}
              onChange={(event) => change(line.id, { name: event.target.value })}
            />
            <Input
              aria-label={`Value of ${line.name || 'the field'}`}
              value={line.value}
              maxLength={5_000}
              onChange={(event) => change(line.id, { value: event.target.value })}
            />
            <IconButton
              icon={Trash2}
              label={`Remove ${line.name || 'the field'}`}
              onClick={() => setLines((before) => before.filter(({ id }) => id !== line.id))}
            />
          </div>
        ))}
        <Button icon={Plus} onClick={add} className="justify-self-start">
          Add field
        </Button>
        {update.error && <Refusal error={update.error} />}
      </form>
    </Dialog>
  )
}
