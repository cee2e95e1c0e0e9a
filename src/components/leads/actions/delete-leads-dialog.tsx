'use client'

import { useEffect } from 'react'
import { formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { Skeleton } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import { useRefreshLeads } from './use-lead-actions'

/** Deletes leads, after saying what goes along with them. */
export function DeleteLeadsDialog({
  ids,
  name,
  open,
  onOpenChange,
  onDeleted,
}: {
  ids: readonly string[]
  /** What the one lead is called. */
  name?: string
  open: boolean
  onOpenChange: (open: boolean) => void
  onDeleted?: () => void
}) {
  const refresh = useRefreshLeads()
  const preview = api.leads.delete.useMutation()
  const remove = api.leads.delete.useMutation()
  const ask = preview.mutate
  const key = ids.join()
  useEffect(() => {
    if (open) ask({ ids: key.split(','), dryRun: true })
  }, [open, key, ask])
  const confirm = () =>
    remove.mutate(
      { ids: [...ids] },
      {
        onSuccess: ({ leads }) => {
          onOpenChange(false)
          notifyDone(`${formatOf(leads, 'lead')} deleted.`)
          onDeleted?.()
          void refresh()
        },
      },
    )
  const what = name ? `“${name}”` : formatOf(ids.length, 'lead')
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        remove.reset()
        onOpenChange(next)
      }}
      title={`Delete ${what}?`}
      confirmLabel={`Delete ${formatOf(ids.length, 'lead')}`}
      tone="danger"
      pending={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      onConfirm={confirm}
    >
      {preview.data ? <p>{consequences(preview.data)}</p> : <Skeleton className="h-10" />}
      <p>Batches, campaigns and the suppression list stay. This cannot be undone.</p>
    </ConfirmDialog>
  )
}

function consequences(gone: { plannedEmails: number; sentEmails: number; campaigns: number }) {
  const { plannedEmails, sentEmails, campaigns } = gone
  if (campaigns === 0) return 'No email was sent or is planned.'
  return `With it go ${formatOf(plannedEmails, 'planned email')} and the record of ${formatOf(sentEmails, 'sent email')}, in ${formatOf(campaigns, 'campaign')}.`
}
