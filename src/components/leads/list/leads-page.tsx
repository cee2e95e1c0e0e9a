'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FileUp, Plus, UsersRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import { useKey } from '@/components/hooks/use-key'
import { Button, ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Kbd } from '@/components/ui/kbd'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { formatCount } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { LeadFormDialog } from '../lead/lead-form-dialog'
import { LeadsTabs } from '../leads-tabs'
import { useMassActs } from '../mass/use-mass-acts'
import { LeadList } from './lead-list'
import { useLeadListAddress } from './list-address'
import { SelectionBar } from './selection-bar'
import { useSelection } from './use-selection'

const allBar = later(() => import('../mass/all-bar'))
const massActs = later(() => import('../mass/mass-acts-card'))

/** Acts on many leads that are on their way, and the one that ended last. */
function MassActs() {
  const acts = useMassActs()
  if (!acts?.length) return null
  return (
    <Deferred part={massActs} waiting={null}>
      {({ MassActsCard }) => <MassActsCard acts={acts} />}
    </Deferred>
  )
}

/** All leads: to find one, or to do something with some of them. */
export function LeadsPage() {
  const router = useRouter()
  const list = useLeadListAddress()
  const selection = useSelection(list)
  const [adding, setAdding] = useState(false)
  const query = api.leads.list.useQuery(list.input, { placeholderData: keepPreviousData })
  const total = query.data?.total ?? 0
  const rows = query.data?.leads ?? []
  const wholePage =
    !query.isPlaceholderData && total > selection.leads.length && rows.every(({ id }) => selection.ids.has(id))
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
      <MassActs />
      <LeadList
        listHref={routes.leads}
        list={list}
        query={{ data: query.data, error: query.error, stale: query.isPlaceholderData, retry: () => query.refetch() }}
        selection={selection}
        views
        bar={
          selection.all ? (
            <Deferred part={allBar} waiting={<Skeleton className="mb-3 h-12" />}>
              {({ AllBar }) => selection.all && <AllBar filter={selection.all} onClear={selection.clear} />}
            </Deferred>
          ) : (
            selection.leads.length > 0 && (
              <SelectionBar leads={selection.leads} onClear={selection.clear}>
                {wholePage && (
                  <Button variant="link" onClick={selection.chooseAll}>
                    {query.data?.more ? 'Select all that match' : `Select all ${formatCount(total)} that match`}
                  </Button>
                )}
              </SelectionBar>
            )
          )
        }
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
