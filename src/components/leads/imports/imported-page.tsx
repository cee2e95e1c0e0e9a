'use client'

import { useLive } from '@/components/hooks/use-live'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Split } from '@/components/ui/layout'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { isOpen } from '@/domain/lead-import/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import { ImportLedgerCard } from '../import/import-ledger'
import { ImportFacts } from './import-facts'
import { ImportProgress } from './import-progress'
import { ImportStatusChip } from './import-status'
import { LeftOutCard } from './left-out-card'
import { RollbackCard } from './rollback-card'

const MOVING_MS = 2_000
const RESTING_MS = 15_000
const CRUMBS = [
  { label: 'Leads', href: routes.leads() },
  { label: 'Imports', href: routes.imports() },
]

/** One import: how far it is, what became of its rows, and its rollback. It goes on whoever looks. */
export function ImportedPage({ id }: { id: string }) {
  const refresh = useRefreshLeads()
  const stream = useLive('imports', () => void refresh())
  const query = api.imports.get.useQuery(
    { id },
    {
      refetchInterval: ({ state }) =>
        stream !== 'live' && state.data && isOpen(state.data.status) ? MOVING_MS : RESTING_MS,
    },
  )
  const row = query.data
  if (!row) {
    return (
      <>
        <PageHeader crumbs={CRUMBS} title="Import" />
        {query.error ? (
          <ErrorState
            title={messageOf(query.error)}
            untouched="Nothing was changed."
            action={
              <>
                <Button onClick={() => query.refetch()}>Try again</Button>
                <ButtonLink href={routes.imports()}>All imports</ButtonLink>
              </>
            }
          />
        ) : (
          <Card>
            <SkeletonRows rows={8} label="Loading the import" />
          </Card>
        )}
      </>
    )
  }
  return (
    <>
      <PageHeader crumbs={CRUMBS} title={row.fileName} status={<ImportStatusChip status={row.status} />} />
      <Split aside={<ImportFacts row={row} />} asideLabel="About this import">
        <ImportProgress row={row} />
        {row.rollbackAt && <RollbackCard row={row} />}
        {row.place > 0 && <ImportLedgerCard counts={{ ...row, rows: row.place }} done />}
        <LeftOutCard row={row} />
      </Split>
    </>
  )
}
