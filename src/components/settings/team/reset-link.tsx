'use client'

import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Dialog } from '@/components/ui/overlays/dialog'
import { api, messageOf } from '@/trpc/react'
import type { Person } from './api-types'
import { SecretLink } from './secret-link'

/** Makes a link with which a colleague who forgot the password chooses another one. */
export function ResetLink({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const make = api.team.resetLink.useMutation()
  const close = () => {
    make.reset()
    onClose()
  }
  return (
    <Dialog
      open={person !== null}
      onOpenChange={(open) => open || close()}
      title={`A new password for ${person?.name ?? ''}`}
      footer={
        make.data ? (
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              variant="primary"
              pending={make.isPending}
              onClick={() => person && make.mutate({ userId: person.id })}
            >
              Make the link
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4 text-control">
        {make.error && <ErrorState title={messageOf(make.error)} />}
        {make.data ? (
          <SecretLink
            label="Link for a new password"
            url={make.data.url}
            hint="Works once, within 24 hours. It is shown only now: whoever has it can choose the password."
          />
        ) : (
          <p className="text-ink-2">
            Hand the link over in a way that only {person?.name} reads. The password stays as it is until the link is
            used; then all sessions of {person?.name} end.
          </p>
        )}
      </div>
    </Dialog>
  )
}
