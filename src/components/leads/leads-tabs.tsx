'use client'

import { useQuery } from '@tanstack/react-query'
import { Tabs } from '@/components/ui/tabs'
import { useTRPC } from '@/trpc/react'

/** Leads and the batches they are in, with how many there are. */
export function LeadsTabs({ current }: { current: '/leads' | '/leads/batches' }) {
  const trpc = useTRPC()
  const leads = useQuery(trpc.leads.list.queryOptions({ pageSize: 1 }))
  const batches = useQuery(trpc.batches.list.queryOptions({}))
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
