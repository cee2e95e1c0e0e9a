'use client'

import { useState } from 'react'
import { useRole } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { rolesToGive } from '@/domain/team/people'
import { ROLE_NAMES, type Role } from '@/domain/team/roles'
import { api, messageOf } from '@/trpc/react'
import type { Person } from './api-types'
import { roleCards } from './team-text'

/** Gives a member another role, which holds from their next click on. */
export function ChangeRole({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const utils = api.useUtils()
  const own = useRole()
  const [chosen, setChosen] = useState<Role | null>(null)
  const close = () => {
    setChosen(null)
    change.reset()
    onClose()
  }
  const change = api.team.changeRole.useMutation({
    onSuccess: async ({ name, role }) => {
      notifyDone(`${name} is ${ROLE_NAMES[role]} now.`)
      const isYou = person?.isYou
      close()
      // What the own page shows depends on it.
      if (isYou) return location.reload()
      await utils.team.people.invalidate()
    },
  })
  const role = chosen ?? person?.role ?? 'member'
  return (
    <Dialog
      open={person !== null}
      onOpenChange={(open) => open || close()}
      title={`Role of ${person?.name ?? ''}`}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            pending={change.isPending}
            disabled={!person || role === person.role}
            onClick={() => person && change.mutate({ userId: person.id, from: person.role, to: role })}
          >
            Make {ROLE_NAMES[role]}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {change.error && <ErrorState title={messageOf(change.error)} />}
        <RadioCards legend="Role" options={roleCards(rolesToGive(own))} value={role} onValueChange={setChosen} />
      </div>
    </Dialog>
  )
}
