'use client'

import { Tabs } from '@/components/ui/tabs'
import { routes } from '@/routes'
import { api } from '@/trpc/react'

/** Leads and the batches they are in, with how many there are. */
export function LeadsTabs({ current }: { current: 'leads' | 'batches' }) {
  const leads = api.leads.list.useQuery({ pageSize: 1 })
  const batches = api.batches.list.useQuery({ pageSize: 1 })
  return (
    <Tabs
      label="Leads and batches"
      current={current === 'leads' ? routes.leads() : routes.batches}
      tabs={[
        { label: 'Leads', href: routes.leads(), count: leads.data?.total },
        { label: 'Batches', href: routes.batches, count: batches.data?.total },
      ]}
    />
  )
}
