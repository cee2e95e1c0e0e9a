'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FileUp, Plus, UsersRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import { useKey } from '@/components/hooks/use-key'
import { Button, ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Kbd } from '@/components/ui/kbd'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { LeadFormDialog } from '../lead/lead-form-dialog'
import { LeadsTabs } from '../leads-tabs'
import { LatestActs } from '../mass/latest-acts'
import { chosenBar } from './chosen-bar'
import { LeadList } from './lead-list'
import { useLeadListAddress } from './list-address'
import { useSelection } from './use-selection'

/** All leads: to find one, or to do something with some of them. */
export function LeadsPage() {
  const router = useRouter()
  const list = useLeadListAddress()
  const selection = useSelection(list)
  const [adding, setAdding] = useState(false)
  const query = api.leads.list.useQuery(list.input, { placeholderData: keepPreviousData })
  useKey(
    'c',
    useCallback(() => router.push(routes.importLeads()), [router]),
  )
  return (
    <>
      <PageHeader
        title="Leads"
        actions={
          <>
            <Button icon={Plus} onClick={() => setAdding(true)}>
              Add lead
            </Button>
            <ButtonLink
              variant="primary"
              icon={FileUp}
              href={routes.importLeads()}
              prefetch={false}
              aria-keyshortcuts="c"
            >
              Import leads <Kbd inherit>C</Kbd>
            </ButtonLink>
          </>
        }
      />
      <LeadsTabs current="leads" />
      <LatestActs />
      <LeadList
        listHref={routes.leads}
        list={list}
        query={{ data: query.data, error: query.error, stale: query.isPlaceholderData, retry: () => query.refetch() }}
        selection={selection}
        views
        bar={chosenBar(selection, query.data, query.isPlaceholderData)}
        empty={
          <EmptyState
            icon={UsersRound}
            title="No leads yet."
            action={<ButtonLink href={routes.importLeads()}>Import leads</ButtonLink>}
          >
            Leads come from a CSV file of people you may write to.
          </EmptyState>
        }
      />
      <LeadFormDialog open={adding} onOpenChange={setAdding} />
    </>
  )
}
