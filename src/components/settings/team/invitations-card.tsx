'use client'

import { Clock, MailX, TriangleAlert } from 'lucide-react'
import { useRole } from '@/components/shell/user'
import { IconButton } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { Time } from '@/components/ui/time'
import { mayGive } from '@/domain/team/people'
import { ROLE_NAMES, type Role } from '@/domain/team/roles'
import { api, messageOf } from '@/trpc/react'
import type { Invitation } from './api-types'

/** Who was invited and has not come yet. Nothing as long as nobody was. */
export function InvitationsCard({ invitations, zone }: { invitations: readonly Invitation[]; zone: string }) {
  const utils = api.useUtils()
  const own = useRole()
  const end = api.team.endInvitation.useMutation({
    onSuccess: ({ email }) => notifyDone(`The invitation of ${email} was taken back. Its link does not work any more.`),
    onError: (error) => notifyFailed(messageOf(error)),
    onSettled: () => utils.team.people.invalidate(),
  })
  if (invitations.length === 0) return null
  return (
    <Card aria-labelledby="invitations">
      <CardHeader id="invitations" title="Invited" aside="To make a new link, invite the same address again." />
      <DataTable
        caption="Invited"
        columns={columns(zone, own, ({ id }) => end.mutate({ id }))}
        rows={invitations}
        rowKey={({ id }) => id}
      />
    </Card>
  )
}

const columns = (zone: string, own: Role, onEnd: (invitation: Invitation) => void): Column<Invitation>[] => [
  {
    key: 'email',
    header: 'Address',
    cell: ({ email, invitedBy }) => (
      <Cell note={invitedBy ? `invited by ${invitedBy}` : null}>
        <span className="font-medium [overflow-wrap:anywhere]">{email}</span>
      </Cell>
    ),
  },
  { key: 'role', header: 'Role', align: 'left', cell: ({ role }) => ROLE_NAMES[role] },
  {
    key: 'state',
    header: 'State',
    align: 'left',
    cell: ({ expired }) =>
      expired ? (
        <Chip tone="held" icon={TriangleAlert}>
          Expired
        </Chip>
      ) : (
        <Chip icon={Clock}>Open</Chip>
      ),
  },
  {
    key: 'until',
    header: `Works until (${zone})`,
    cell: ({ expiresAt }) => <Time at={expiresAt} zone={zone} zoneSaid className="whitespace-nowrap" />,
  },
  {
    key: 'end',
    header: <span className="sr-only">Take back</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (invitation) =>
      mayGive(own, invitation.role) && (
        <IconButton
          icon={MailX}
          label={`Take back the invitation of ${invitation.email}`}
          onClick={() => onEnd(invitation)}
        />
      ),
  },
]
