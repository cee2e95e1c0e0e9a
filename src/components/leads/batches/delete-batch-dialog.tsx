'use client'

import { useEffect, useState } from 'react'
import { DeleteDialog, type DeletionProps, deletionOf } from '@/components/deletion/delete-dialog'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { formatCount, formatOf, inNumber } from '@/components/ui/numbers'
import { api } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'

/** Deletes a batch; its leads stay, or those that nothing else needs go with it. */
export function DeleteBatchDialog({
  batch: { id, name, leadCount },
  ...props
}: DeletionProps & { batch: { id: string; name: string; leadCount: number } }) {
  const { open } = props
  const remove = api.batches.delete.useMutation()
  const refresh = useRefreshLeads()
  const utils = api.useUtils()
  const [asked, ask] = useState<'stay' | 'go'>('stay')
  const counted = api.massActs.count.useQuery({ inBatch: id, unused: true }, { enabled: open && leadCount > 0 }).data
  const unused = counted?.total ?? 0
  // Another number may have made the choice impossible.
  const what = unused > 0 ? asked : 'stay'
  const words = deletionOf('batch', name)
  const going = formatOf(unused, 'lead')
  useEffect(() => {
    if (!open) ask('stay')
  }, [open])
  return (
    <DeleteDialog
      {...props}
      {...words}
      {...(what === 'go'
        ? { confirmLabel: `Delete batch and ${going}`, typeToConfirm: `delete ${formatCount(unused)}` }
        : {})}
      onDelete={() =>
        remove.mutateAsync({ id, ...(what === 'go' ? { unusedLeads: unused } : {}) }).catch((error: unknown) => {
          void utils.massActs.count.invalidate()
          throw error
        })
      }
      done={({ leadsKept }) => ({
        ...words.done(),
        description:
          what === 'go'
            ? `${going} ${inNumber(unused, 'is', 'are')} being deleted.`
            : `Its ${formatOf(leadsKept, 'lead')} stayed.`,
      })}
      refresh={() => Promise.all([refresh(), utils.massActs.invalidate()])}
    >
      {unused > 0 ? (
        <RadioCards
          legend="Its leads"
          value={what}
          onValueChange={ask}
          options={[
            { value: 'stay', label: `Its ${formatOf(leadCount, 'lead')} stay`, hint: 'Also in other batches.' },
            {
              value: 'go',
              label: `Also delete ${going} that nothing else needs`,
              hint: 'In no other batch, never emailed, nothing planned for them, no message from them. The others stay.',
            },
          ]}
        />
      ) : (
        <p>Its {formatOf(leadCount, 'lead')} stay, also in other batches.</p>
      )}
      <p>This cannot be undone.</p>
    </DeleteDialog>
  )
}
