'use client'

import { Button } from '@/components/ui/button'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { formatCount } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import type { LeadList } from '../api-types'
import { SelectionBar } from './selection-bar'
import type { LeadSelection } from './use-selection'

const allBar = later(() => import('../mass/all-bar'))

/** The acts on the leads that are chosen in a list, one by one or all that match; nothing while none is. */
export function chosenBar(selection: LeadSelection, list: LeadList | undefined, isStale: boolean) {
  const { all, leads, ids, batch, clear, chooseAll } = selection
  if (all)
    return (
      <Deferred part={allBar} waiting={<Skeleton className="mb-3 h-12" />}>
        {({ AllBar }) => <AllBar filter={all} onClear={clear} />}
      </Deferred>
    )
  if (leads.length === 0) return null
  const { total = 0, more = false, leads: rows = [] } = list ?? {}
  const isWholePage = !isStale && total > leads.length && rows.every(({ id }) => ids.has(id))
  return (
    <SelectionBar leads={leads} batch={batch} onClear={clear}>
      {isWholePage && (
        <Button variant="link" onClick={chooseAll}>
          {more ? 'Select all that match' : `Select all ${formatCount(total)} that match`}
        </Button>
      )}
    </SelectionBar>
  )
}
