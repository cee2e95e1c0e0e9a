'use client'

import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import type { Person } from './api-types'

/** Lets a colleague in again whose phone and backup codes are gone. */
export function EndTwoFactor({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const utils = api.useUtils()
  const end = api.team.endTwoFactor.useMutation({
    onSuccess: async ({ name }) => {
      notifyDone(`The second factor of ${name} is off.`)
      onClose()
      await utils.team.people.invalidate()
    },
  })
  return (
    <ConfirmDialog
      open={person !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
        end.reset()
      }}
      title={`Turn off the second factor of ${person?.name ?? ''}?`}
      confirmLabel="Turn off"
      tone="danger"
      pending={end.isPending}
      error={end.error && messageOf(end.error)}
      onConfirm={() => person && end.mutate({ userId: person.id })}
    >
      The password alone signs {person?.name} in then, until they turn it on again. Make sure that it is them who ask.
    </ConfirmDialog>
  )
}
