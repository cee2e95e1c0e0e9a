'use client'

import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'

/** Deletes a batch; its leads stay. */
export function DeleteBatchDialog({
  batch,
  open,
  onOpenChange,
  onDeleted,
}: {
  batch: { id: string; name: string; leadCount: number }
  open: boolean
  onOpenChange: (open: boolean) => void
  onDeleted?: () => void
}) {
  const refresh = useRefreshLeads()
  const remove = api.batches.delete.useMutation()
  const confirm = () =>
    remove.mutate(
      { id: batch.id },
      {
        onSuccess: ({ leadsKept }) => {
          onOpenChange(false)
          notifyDone(`Batch “${batch.name}” deleted.`, { description: `Its ${formatOf(leadsKept, 'lead')} stayed.` })
          onDeleted?.()
          void refresh()
        },
      },
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        remove.reset()
        onOpenChange(next)
      }}
      title={`Delete the batch “${batch.name}”?`}
      confirmLabel="Delete batch"
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      <p>Its {formatOf(batch.leadCount, 'lead')} stay, also in other batches. This cannot be undone.</p>
    </ConfirmDialog>
  )
}
