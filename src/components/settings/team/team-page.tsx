'use client'

import { useZone } from '@/components/hooks/use-zone'
import { useMayManage } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import { InvitationsCard } from './invitations-card'
import { InvitePerson } from './invite-person'
import { PeopleTable } from './people-table'

/** Who works here, and who was invited. */
export function TeamPage() {
  const team = api.team.people.useQuery()
  const mayManage = useMayManage()
  const zone = useZone()
  if (team.error && !team.data) {
    return (
      <ErrorState
        title={messageOf(team.error)}
        untouched="Nothing was changed."
        action={<Button onClick={() => team.refetch()}>Try again</Button>}
      />
    )
  }
  return (
    <Stack>
      {mayManage ? (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-control text-ink-2">Everybody here sees all campaigns, leads and answers.</p>
          <InvitePerson />
        </div>
      ) : (
        <AdminOnly>You see here who works with you.</AdminOnly>
      )}
      <Card>
        {team.data ? (
          <PeopleTable people={team.data.people} zone={zone} />
        ) : (
          <SkeletonRows rows={3} label="Loading people" />
        )}
      </Card>
      <InvitationsCard invitations={team.data?.invitations ?? []} zone={zone} />
    </Stack>
  )
}
