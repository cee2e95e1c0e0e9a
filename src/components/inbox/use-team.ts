'use client'

import { isAtLeast } from '@/domain/team/roles'
import { api } from '@/trpc/react'

/** Who can be given a conversation: members who can do something with it, oneself first. */
export function useTeam() {
  const people = api.team.people.useQuery(undefined, { staleTime: 60_000 }).data?.people ?? []
  return people
    .filter(({ role }) => isAtLeast(role, 'member'))
    .toSorted((a, b) => Number(b.isYou) - Number(a.isYou) || a.name.localeCompare(b.name))
}
