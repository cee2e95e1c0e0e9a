'use client'

import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import type { SuppressionEntry } from '../api-types'
import { reasonLabel } from './suppression-text'

/** Asks before an entry is taken off the list, and says what that means. */
export function RemoveSuppression({ entry, onClose }: { entry: SuppressionEntry | null; onClose: () => void }) {
  const utils = api.useUtils()
  const remove = api.suppression.remove.useMutation({
    onSuccess: async () => {
      notifyDone(`${entry?.value ?? 'The entry'} is off the list.`, {
        description: 'Emails that were skipped stay skipped.',
      })
      onClose()
      await utils.suppression.list.invalidate()
    },
  })
  const asked = entry?.reason === 'unsubscribed' || entry?.reason === 'complained'
  return (
    <ConfirmDialog
      open={entry !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
        remove.reset()
      }}
      title={`Take ${entry?.value ?? 'this entry'} off the list?`}
      confirmLabel="Take off the list"
      tone="danger"
      pending={remove.isPending}
      error={remove.error && messageOf(remove.error)}
      onConfirm={() => entry && remove.mutate({ id: entry.id })}
    >
      {asked && entry && (
        <p className="font-medium text-ink">
          It is on the list because of this: {reasonLabel(entry.reason).toLowerCase()}. Take it off only if the person
          agreed since.
        </p>
      )}
      <p>
        {entry?.kind === 'domain'
          ? 'New campaigns may write to people at it again.'
          : 'New campaigns may write to it again.'}{' '}
        Emails that were skipped stay skipped, and leads keep their status.
      </p>
    </ConfirmDialog>
  )
}
