'use client'

import { formatCount, formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { api, messageOf } from '@/trpc/react'
import { rollbackLines } from './rollback-words'

/** Asks before a rollback, with what it would do by now. */
export function RollbackDialog({
  id,
  open,
  onOpenChange,
}: {
  id: string
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { imports } = api.useUtils()
  const preview = api.imports.rollbackPreview.useQuery({ id }, { enabled: open, staleTime: 0, gcTime: 0 })
  const rollBack = api.imports.rollback.useMutation({
    // The preview with them: after a refusal other numbers hold.
    onSettled: () => imports.invalidate(),
    onSuccess: () => onOpenChange(false),
  })
  const counts = preview.data
  const leads = counts ? counts.added + counts.existing : 0
  const error = rollBack.error ?? preview.error
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={counts ? `Roll back ${formatOf(leads, 'lead')}?` : 'Roll back this import?'}
      confirmLabel={counts ? `Roll back ${formatOf(leads, 'lead')}` : 'Roll back'}
      tone="danger"
      pending={rollBack.isPending}
      disabled={!counts}
      error={error ? messageOf(error) : undefined}
      {...(counts && counts.removed > 0 ? { typeToConfirm: `roll back ${formatCount(leads)}` } : {})}
      onConfirm={() =>
        counts && rollBack.mutate({ id, expected: { removed: counts.removed, restored: counts.restored } })
      }
    >
      {counts ? (
        <>
          <ul className="grid gap-1">
            {rollbackLines(counts, 'before').map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>Whoever was emailed stays. What is taken out comes back only with another import.</p>
        </>
      ) : (
        <p>Counting what it would take out…</p>
      )}
    </ConfirmDialog>
  )
}
