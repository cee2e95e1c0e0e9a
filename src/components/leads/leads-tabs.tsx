'use client'

import { Tabs } from '@/components/ui/tabs'
import { api } from '@/trpc/react'

/** Leads and the batches they are in, with how many there are. */
export function LeadsTabs({ current }: { current: '/leads' | '/leads/batches' }) {
  const leads = api.leads.list.useQuery({ pageSize: 1 })
  const batches = api.batches.list.useQuery({})
  return (
    <Tabs
      label="Leads and batches"
      current={current}
      tabs={[
        { label: 'Leads', href: '/leads', count: leads.data?.total },
        { label: 'Batches', href: '/leads/batches', count: batches.data?.length },
      ]}
    />
  )
}
