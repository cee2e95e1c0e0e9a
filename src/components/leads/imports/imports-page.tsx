'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useLive } from '@/components/hooks/use-live'
import { shownColumns } from '@/components/lists/columns/list-columns'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ListTools } from '@/components/lists/list-tools'
import { OwnTime } from '@/components/time/own-time'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Pager } from '@/components/ui/data/pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { formatCount } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { isOpen } from '@/domain/lead-import/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { ListedImport } from '../api-types'
import { LeadsTabs } from '../leads-tabs'
import { IMPORT_COLUMNS } from './import-columns'
import { ImportStatusChip } from './import-status'
import { doneShare, leftOutOf } from './import-words'

const PAGE_SIZE = 50
const MOVING_MS = 2_000

/** Every file that leads came by: who imported it, when, and what became of its rows. */
export function ImportsPage() {
  const [page] = useQueryState('page', parseAsInteger.withDefault(1))
  const choice = useListColumns(IMPORT_COLUMNS)
  const utils = api.useUtils()
  const stream = useLive('imports', () => void utils.imports.list.invalidate())
  const imports = api.imports.list.useQuery(
    { page: Math.max(1, page), pageSize: PAGE_SIZE },
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        stream !== 'live' && state.data?.rows.some(({ status }) => isOpen(status)) ? MOVING_MS : false,
    },
  )
  const rows = imports.data?.rows
  return (
    <>
      <PageHeader
        title="Leads"
        actions={
          <ButtonLink variant="primary" icon={FileUp} href={routes.importLeads()} prefetch={false}>
            Import leads
          </ButtonLink>
        }
      />
      <LeadsTabs current="imports" />
      {rows && rows.length > 0 && (
        <div className="mb-3 flex">
          <ListTools choice={choice} views="imports" />
        </div>
      )}
      {imports.error && !imports.data ? (
        <ErrorState
          title={messageOf(imports.error)}
          untouched="Your leads are as they were."
          action={<Button onClick={() => imports.refetch()}>Try again</Button>}
        />
      ) : (
        <Card>
          {!rows ? (
            <SkeletonRows rows={6} label="Loading imports" />
          ) : rows.length > 0 ? (
            <>
              <DataTable
                caption="Imports"
                columns={shownColumns(IMPORT_COLUMNS, COLUMNS, choice.shown)}
                rows={rows}
                rowKey={(row) => row.id}
                rowHref={(row) => routes.importOf(row.id)}
              />
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                total={imports.data?.total ?? 0}
                href={(to) => routes.imports({ page: to, columns: choice.said })}
              />
            </>
          ) : (
            <EmptyState
              icon={FileUp}
              title="No imports yet."
              action={<ButtonLink href={routes.importLeads()}>Import leads</ButtonLink>}
            >
              Every file is listed here, with what became of its rows, and can be rolled back.
            </EmptyState>
          )}
        </Card>
      )}
    </>
  )
}

const figure = (key: string, header: string, of: (row: ListedImport) => number): Column<ListedImport> => ({
  key,
  header,
  card: 'third',
  cell: (row) => <Cell zero={of(row) === 0}>{formatCount(of(row))}</Cell>,
})

const COLUMNS: Column<ListedImport>[] = [
  {
    key: 'file',
    header: 'File',
    cell: (row) => (
      <Cell note={<span className="[overflow-wrap:anywhere]">{row.batchName}</span>}>
        <span className="[overflow-wrap:anywhere]">{row.fileName}</span>
      </Cell>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    align: 'left',
    card: 'full',
    cell: (row) => (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <ImportStatusChip status={row.status} />
        {row.status === 'running' && <span className="text-ink-3 tabular-nums">{doneShare(row)}</span>}
      </span>
    ),
  },
  {
    key: 'by',
    header: 'Imported',
    align: 'left',
    card: 'full',
    cell: (row) => (
      <Cell note={<OwnTime at={row.createdAt} />}>
        <span className="[overflow-wrap:anywhere]">{row.byName ?? '–'}</span>
      </Cell>
    ),
  },
  figure('added', 'New', ({ added }) => added),
  figure('filled', 'Updated', ({ filled }) => filled),
  figure('already', 'Already there', ({ existing, filled }) => existing - filled),
  figure('refused', 'Left out', leftOutOf),
  figure('removed', 'Taken out', ({ removed }) => removed),
]
