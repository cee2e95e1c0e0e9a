'use client'

import { useEffect } from 'react'
import { DeleteDialog, type DeletionProps } from '@/components/deletion/delete-dialog'
import { formatOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { api } from '@/trpc/react'
import type { DeletedLeads } from '../api-types'
import { waitingRepliesWords } from '../waiting-replies'
import { useRefreshLeads } from './use-lead-actions'

/** Deletes leads, after saying what goes along with them. */
export function DeleteLeadsDialog({
  ids,
  name,
  ...props
}: DeletionProps & {
  ids: readonly string[]
  /** The name of the only lead. */
  name?: string
}) {
  const { open } = props
  const preview = api.leads.delete.useMutation()
  const remove = api.leads.delete.useMutation()
  const ask = preview.mutate
  const key = ids.join()
  useEffect(() => {
    if (open) ask({ ids: key.split(','), dryRun: true })
  }, [open, key, ask])
  const count = formatOf(ids.length, 'lead')
  return (
    <DeleteDialog
      {...props}
      title={`Delete ${name ? `“${name}”` : count}?`}
      confirmLabel={`Delete ${count}`}
      onDelete={() => remove.mutateAsync({ ids: [...ids] })}
      done={({ leads }) => ({ text: `${formatOf(leads, 'lead')} deleted.` })}
      refresh={useRefreshLeads()}
    >
      {preview.data ? (
        consequences(preview.data).map((said) => <p key={said}>{said}</p>)
      ) : (
        <Skeleton className="h-10" />
      )}
      <p>
        Batches, campaigns and the suppression list stay. Of {ids.length === 1 ? 'the address' : 'each address'} only a
        keyed hash is kept, which nobody can read back: it says when it was last emailed and whether it said no, keeps
        unsubscribe links working, and shows when an import brings it back.
      </p>
      <p>Copies on your mail server and in files that were exported stay. This cannot be undone.</p>
    </DeleteDialog>
  )
}

function consequences({ plannedEmails, sentEmails, campaigns, waitingReplies, heldReplies }: DeletedLeads): string[] {
  const emails =
    campaigns === 0
      ? 'No email is on record or planned.'
      : `With it go ${formatOf(plannedEmails, 'planned email')} and the record of ${formatOf(sentEmails, 'sent email')} with copies in the sandbox, in ${formatOf(campaigns, 'campaign')}.`
  const waiting = waitingReplies > 0 && `${waitingRepliesWords(waitingReplies)}.`
  const held =
    heldReplies > 0 &&
    `Of ${formatOf(heldReplies, 'reply', 'replies')} nobody knows whether ${heldReplies === 1 ? 'it' : 'they'} left. Say in the inbox what became of ${heldReplies === 1 ? 'it' : 'them'} first: until then nothing is deleted.`
  return [emails, waiting, held].filter((said) => said !== false)
}
