'use client'

import { useState } from 'react'
import { useBatchChoices } from '@/components/lists/use-choices'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { formatOf, inNumber } from '@/components/ui/numbers'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api } from '@/trpc/react'
import { Refusal } from '../refusal'
import { useRefreshLeads } from './use-lead-actions'

export type Choice = { kind: 'existing' | 'new'; batchId: string | null; name: string }

/** Adds leads to a batch, an existing one or a new one. */
export function AddToBatchDialog({
  ids,
  open,
  onOpenChange,
  onDone,
}: {
  ids: readonly string[]
  open: boolean
  onOpenChange: (open: boolean) => void
  onDone?: () => void
}) {
  const refresh = useRefreshLeads()
  const [choice, setChoice] = useState<Choice>({ kind: 'existing', batchId: null, name: '' })
  const { kind, batchId, name } = choice
  const batches = useBatchChoices(batchId ? [batchId] : [], { enabled: open })
  const create = api.batches.create.useMutation()
  const update = api.batches.update.useMutation()
  const error = create.error ?? update.error
  const done = (words: string) => {
    onOpenChange(false)
    notifyDone(words)
    onDone?.()
    void refresh()
  }
  const add = () => {
    if (kind === 'new') {
      create.mutate(
        { name, leadIds: [...ids] },
        { onSuccess: ({ leadCount }) => done(`Batch “${name.trim()}” made with ${formatOf(leadCount, 'lead')}.`) },
      )
    } else if (batchId) {
      update.mutate(
        { id: batchId, addLeadIds: [...ids] },
        {
          onSuccess: ({ added }) =>
            done(added === ids.length ? `${formatOf(added, 'lead')} added.` : addedWords(added, ids.length)),
        },
      )
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Add ${formatOf(ids.length, 'lead')} to a batch`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            onClick={add}
            pending={create.isPending || update.isPending}
            disabled={kind === 'new' ? name.trim() === '' : batchId === null}
          >
            Add {formatOf(ids.length, 'lead')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <BatchChoice {...choice} onChange={setChoice} batches={batches.rows ?? []} onTyped={batches.type} />
        {error && <Refusal error={error} />}
      </div>
    </Dialog>
  )
}

/** Which batch: one of those that there are, or a new one. */
export function BatchChoice({
  kind,
  batchId,
  name,
  onChange,
  batches,
  onTyped,
}: Choice & {
  onChange: (choice: Choice) => void
  batches: readonly { id: string; name: string; leadCount: number }[]
  onTyped: (text: string) => void
}) {
  const change = (patch: Partial<Choice>) => onChange({ kind, batchId, name, ...patch })
  return (
    <RadioCards
      legend="Batch"
      value={kind}
      onValueChange={(next) => change({ kind: next })}
      options={[
        {
          value: 'existing',
          label: 'An existing batch',
          hint: 'A campaign that already runs on it keeps the leads it was planned with.',
          detail: (
            <Combobox
              aria-label="Batch"
              options={batches.map((batch) => ({
                value: batch.id,
                label: batch.name,
                hint: formatOf(batch.leadCount, 'lead'),
              }))}
              value={batchId}
              onValueChange={(next) => change({ batchId: next })}
              onTyped={onTyped}
              placeholder="Type to find a batch"
            />
          ),
        },
        {
          value: 'new',
          label: 'A new batch',
          detail: (
            <Field label="Name">
              <Input value={name} onChange={({ target }) => change({ name: target.value })} maxLength={200} />
            </Field>
          ),
        },
      ]}
    />
  )
}

const addedWords = (added: number, asked: number) =>
  added === 0
    ? 'All of them were in that batch already.'
    : `${formatOf(added, 'lead')} added; ${formatOf(asked - added, 'other')} ${inNumber(asked - added, 'was', 'were')} in it already.`
