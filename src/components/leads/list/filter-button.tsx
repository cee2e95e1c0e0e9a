'use client'

import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { type ListAddress, originOf } from './list-address'

const dialog = later(() => import('./filter-dialog'))
const active = later(() => import('./active-filters'))

export type LeadFilters = Record<'batch' | 'source' | 'addedFrom' | 'addedTo', string | null>

type OfList = {
  list: Pick<ListAddress, 'address' | 'setAddress'>
  /** The list shows the leads of one batch anyhow. */
  ofBatch: boolean
}

/** Opens the filters of a list of leads beside search and status: batch, source, days of arrival. */
export function FilterButton({ list, ofBatch }: OfList) {
  const [open, setOpen] = useState(false)
  const { filters, set } = filtersOf(list)
  return (
    <>
      <Button icon={ListFilter} onClick={() => setOpen(true)}>
        Filter
      </Button>
      <LaterDialog part={dialog} open={open} onOpenChange={setOpen}>
        {({ FilterDialog }) => (
          <FilterDialog filters={filters} ofBatch={ofBatch} open={open} onOpenChange={setOpen} onChange={set} />
        )}
      </LaterDialog>
    </>
  )
}

/** The filters that hold, each with its way out; nothing where none does. */
export function ActiveFilters({ list }: Pick<OfList, 'list'>) {
  const { filters, set } = filtersOf(list)
  if (!filters.batch && Object.keys(originOf(filters)).length === 0) return null
  return (
    <Deferred part={active} waiting={<span className="h-[26px]" />}>
      {({ ActiveFilterList }) => <ActiveFilterList filters={filters} onChange={set} />}
    </Deferred>
  )
}

function filtersOf({ address, setAddress }: OfList['list']) {
  const { batch, source, addedFrom, addedTo } = address
  return {
    filters: { batch, source, addedFrom, addedTo },
    set: (change: Partial<LeadFilters>) => void setAddress({ ...change, after: null, before: null }),
  }
}
