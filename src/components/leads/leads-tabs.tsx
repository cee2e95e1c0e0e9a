'use client'

import { Tabs } from '@/components/ui/tabs'
import { routes } from '@/routes'
import { api } from '@/trpc/react'

/** Leads, the batches they are in and the files they came by, with how many there are; and what was done to many of them. */
export function LeadsTabs({ current }: { current: 'leads' | 'batches' | 'imports' | 'acts' }) {
  const leads = api.leads.list.useQuery({ pageSize: 1 })
  const batches = api.batches.list.useQuery({ pageSize: 1 })
  const imports = api.imports.list.useQuery({ pageSize: 1 })
  return (
    <Tabs
      label="Leads, batches, imports and bulk actions"
      current={
        { leads: routes.leads(), batches: routes.batches, imports: routes.imports(), acts: routes.acts() }[current]
      }
      tabs={[
        { label: 'Leads', href: routes.leads(), count: leads.data?.total },
        { label: 'Batches', href: routes.batches, count: batches.data?.total },
        { label: 'Imports', href: routes.imports(), count: imports.data?.total },
        { label: 'Bulk actions', href: routes.acts() },
      ]}
    />
  )
}
