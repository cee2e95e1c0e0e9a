'use client'

import { useChosen } from '@/components/lists/use-chosen'
import type { LeadRow, MassFilterInput } from '../api-types'
import type { ListAddress } from './list-address'

const EVERY = { has: () => true }

/** The leads that are chosen in the list that the address asks for; `all`: its filter, where every one that it finds is chosen. */
export function useSelection({ address: { search, status } }: Pick<ListAddress, 'address'>) {
  const filter: MassFilterInput = {
    ...(search.trim() ? { search: search.trim() } : {}),
    ...(status ? { statuses: [status] } : {}),
  }
  const { chosen, all, ...acts } = useChosen<LeadRow>(JSON.stringify(filter))
  return { ...acts, leads: [...chosen.values()], ids: all ? EVERY : chosen, all: all ? filter : null }
}
