'use client'

import { DeleteDialog, type DeletionProps, deletionOf } from '@/components/deletion/delete-dialog'
import { formatOf } from '@/components/ui/numbers'
import { api } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'

/** Deletes a batch; its leads stay. */
export function DeleteBatchDialog({
  batch,
  ...props
}: DeletionProps & { batch: { id: string; name: string; leadCount: number } }) {
  const remove = api.batches.delete.useMutation()
  const words = deletionOf('batch', batch.name)
  return (
    <DeleteDialog
      {...props}
      {...words}
      onDelete={() => remove.mutateAsync({ id: batch.id })}
      done={({ leadsKept }) => ({ ...words.done(), description: `Its ${formatOf(leadsKept, 'lead')} stayed.` })}
      refresh={useRefreshLeads()}
    >
      <p>Its {formatOf(batch.leadCount, 'lead')} stay, also in other batches. This cannot be undone.</p>
    </DeleteDialog>
  )
}
