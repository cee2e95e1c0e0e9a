'use client'

import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { Person } from './api-types'

/** Asks before somebody loses their access, and says what stays. */
export function RemovePerson({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const utils = api.useUtils()
  const remove = api.team.remove.useMutation({
    onSuccess: async ({ name }) => {
      if (person?.isYou) return location.assign(routes.signIn())
      notifyDone(`${name} has no access any more.`, { description: 'What they made and did stays.' })
      onClose()
      await utils.team.people.invalidate()
    },
  })
  return (
    <ConfirmDialog
      open={person !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
        remove.reset()
      }}
      title={person?.isYou ? 'Remove yourself?' : `Remove ${person?.name ?? ''}?`}
      confirmLabel={person?.isYou ? 'Remove yourself' : `Remove ${person?.name ?? ''}`}
      tone="danger"
      pending={remove.isPending}
      error={remove.error && messageOf(remove.error)}
      onConfirm={() => person && remove.mutate({ userId: person.id })}
    >
      <p>
        {person?.isYou
          ? 'You are signed out everywhere at once, and cannot sign in again unless somebody invites you.'
          : `${person?.email ?? ''} is signed out everywhere at once, and cannot sign in any more.`}
      </p>
      <p>Campaigns, leads and templates stay, and go on as planned. The name stays beside what was done.</p>
    </ConfirmDialog>
  )
}
