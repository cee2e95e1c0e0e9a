'use client'

import { useChosen } from '@/components/lists/use-chosen'
import type { LeadRow, MassFilterInput } from '../api-types'
import { type ListAddress, originOf } from './list-address'

const EVERY = { has: () => true }

/**
 * The leads that are chosen in the list that the address asks for; `all`: its filter, where every one that it finds is chosen.
 * `ofBatch`: the batch whose leads the list shows, whatever its address says; `batch`: that one, or the one of the filter.
 */
export function useSelection({ address }: Pick<ListAddress, 'address'>, ofBatch?: string) {
  const { search, status } = address
  const batch = ofBatch ?? address.batch ?? undefined
  const filter: MassFilterInput = {
    ...(batch ? { inBatch: batch } : {}),
    ...(search.trim() ? { search: search.trim() } : {}),
    ...(status ? { statuses: [status] } : {}),
    ...originOf(address),
  }
  const { chosen, all, ...acts } = useChosen<LeadRow>(JSON.stringify(filter))
  return { ...acts, batch, leads: [...chosen.values()], ids: all ? EVERY : chosen, all: all ? filter : null }
}

export type LeadSelection = ReturnType<typeof useSelection>
