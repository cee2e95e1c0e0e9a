'use client'

import { useState } from 'react'
import { useBatchChoices } from '@/components/lists/use-choices'
import { Button } from '@/components/ui/button'
import { formatOf } from '@/components/ui/numbers'
import { Dialog } from '@/components/ui/overlays/dialog'
import { api } from '@/trpc/react'
import { BatchChoice, type Choice } from '../actions/add-to-batch-dialog'
import type { MassFilterInput } from '../api-types'
import { Refusal } from '../refusal'

/** Adds all leads that match to a batch, an existing one or a new one. */
export function MassBatchDialog({
  filter,
  total,
  open,
  onOpenChange,
  onStarted,
}: {
  filter: MassFilterInput
  total: number
  open: boolean
  onOpenChange: (open: boolean) => void
  onStarted: () => void
}) {
  const utils = api.useUtils()
  const [choice, setChoice] = useState<Choice>({ kind: 'existing', batchId: null, name: '' })
  const { kind, batchId, name } = choice
  const batches = useBatchChoices(batchId ? [batchId] : [], { enabled: open })
  const start = api.massActs.start.useMutation()
  const begin = () =>
    start.mutate(
      {
        ...filter,
        kind: 'batch',
        expected: total,
        ...(kind === 'new' ? { batchName: name } : { batchId: batchId ?? undefined }),
      },
      {
        onSuccess: () => {
          void utils.massActs.list.invalidate()
          onOpenChange(false)
          onStarted()
        },
        onError: () => void utils.massActs.count.invalidate(),
      },
    )
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        start.reset()
        onOpenChange(next)
      }}
      title={`Add ${formatOf(total, 'lead')} to a batch`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="primary"
            onClick={begin}
            pending={start.isPending}
            disabled={kind === 'new' ? name.trim() === '' : batchId === null}
          >
            Add {formatOf(total, 'lead')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <BatchChoice {...choice} onChange={setChoice} batches={batches.rows ?? []} onTyped={batches.type} />
        {start.error && <Refusal error={start.error} />}
      </div>
    </Dialog>
  )
}
