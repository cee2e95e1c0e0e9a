'use client'

import { UserPlus } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useRole } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Dialog } from '@/components/ui/overlays/dialog'
import { rolesToGive } from '@/domain/team/people'
import type { Role } from '@/domain/team/roles'
import { api, messageOf } from '@/trpc/react'
import type { CreatedInvitation } from './api-types'
import { SecretLink } from './secret-link'
import { roleCards } from './team-text'

/** The button, and the dialog that invites somebody and then shows the link, this once. */
export function InvitePerson() {
  const formId = useId()
  const [open, setOpen] = useState(false)
  const work = useInvitation()
  const { invite } = work
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) work.reset()
  }
  return (
    <>
      <Button variant="primary" icon={UserPlus} onClick={() => setOpen(true)}>
        Invite
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={invite.data ? `${invite.data.email} is invited` : 'Invite a person'}
        footer={
          invite.data ? (
            <Button variant="primary" onClick={() => change(false)}>
              Close
            </Button>
          ) : (
            <>
              <Button onClick={() => change(false)}>Cancel</Button>
              <Button type="submit" form={formId} variant="primary" pending={invite.isPending}>
                Invite
              </Button>
            </>
          )
        }
      >
        {invite.data ? <Invited invitation={invite.data} /> : <InvitationForm id={formId} work={work} />}
      </Dialog>
    </>
  )
}

type Work = ReturnType<typeof useInvitation>

function useInvitation() {
  const utils = api.useUtils()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('member')
  const [problem, setProblem] = useState<string | null>(null)
  const invite = api.team.invite.useMutation({ onSuccess: () => utils.team.people.invalidate() })
  return {
    email,
    role,
    problem,
    invite,
    setRole,
    type: (next: string) => {
      setEmail(next)
      setProblem(null)
      invite.reset()
    },
    submit: (event: FormEvent) => {
      event.preventDefault()
      const address = email.trim()
      if (/^\S+@\S+\.\S+$/.test(address)) invite.mutate({ email: address, role })
      else setProblem('Enter an address, such as ada@company.com.')
    },
    reset: () => {
      setEmail('')
      setRole('member')
      setProblem(null)
      invite.reset()
    },
  }
}

function InvitationForm({ id, work }: { id: string; work: Work }) {
  const own = useRole()
  return (
    <form id={id} onSubmit={work.submit} noValidate className="grid gap-4">
      {work.invite.error && <ErrorState title={messageOf(work.invite.error)} />}
      <Field label="Email" error={work.problem} required>
        <Input
          type="email"
          value={work.email}
          onChange={({ target }) => work.type(target.value)}
          placeholder="ada@company.com"
          autoComplete="off"
        />
      </Field>
      <RadioCards
        legend="Role"
        options={roleCards(rolesToGive(own))}
        value={work.role}
        onValueChange={(next) => work.setRole(next)}
      />
    </form>
  )
}

function Invited({ invitation: { emailed, url } }: { invitation: CreatedInvitation }) {
  return (
    <div className="grid gap-4">
      {emailed.sent ? (
        <Callout tone="sent" title={`The link was sent from ${emailed.from}.`}>
          You can also hand it over yourself.
        </Callout>
      ) : (
        <Callout tone="held" title="The link was not sent by email.">
          {emailed.why} Copy it, and hand it over yourself.
        </Callout>
      )}
      <SecretLink label="Invitation link" url={url} hint="Works once, within 7 days. It is shown only now." />
    </div>
  )
}
