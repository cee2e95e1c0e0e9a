'use client'

import { customColumn, customFieldsOf, shownColumns } from '@/components/lists/columns/list-columns'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Cell } from '@/components/ui/data/cell'
import { checkboxes, type RowSelection } from '@/components/ui/data/checkboxes'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatCount } from '@/components/ui/numbers'
import { countryName } from '@/domain/lead/country'
import type { LeadSort } from '@/domain/lead/sorts'
import { routes } from '@/routes'
import type { LeadRow } from '../api-types'
import { wasEmailedBefore } from '../emailed-before'
import { leadSourceName } from '../lead/lead-source-name'
import { leadName } from '../lead-name'
import { LeadStatusChip } from '../lead-status'
import { LEAD_COLUMNS } from './lead-columns'

export type Sorting = { sort: LeadSort; descending: boolean; hrefOf: (sort: LeadSort, descending: boolean) => string }

const LEFT_OUT_OF_NARROW = ['place', 'sent', 'created']

/** Leads, by what distinguishes them, each with its status; on a narrow screen cards with the most needful. */
export function LeadTable({
  rows,
  sorting,
  selection,
  caption = 'Leads',
  narrow = false,
  keys = LEAD_COLUMNS.standard,
}: {
  rows: readonly LeadRow[]
  sorting: Sorting
  selection?: RowSelection<LeadRow>
  caption?: string
  /** Beside an aside: without place, number of emails and date. */
  narrow?: boolean
  /** Columns beside the lead itself. */
  keys?: readonly string[]
}) {
  const all = [...columns(sorting), ...customFieldsOf(keys).map(customFieldColumn)]
  const shown = shownColumns(LEAD_COLUMNS, all, keys).filter(({ key }) => !narrow || !LEFT_OUT_OF_NARROW.includes(key))
  return (
    <DataTable
      caption={caption}
      columns={shown}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => routes.lead(row.id)}
      {...(selection ? { select: checkboxes(rows, selection, { all: 'leads', nameOf: ({ email }) => email }) } : {})}
    />
  )
}

const customFieldColumn = (name: string): Column<LeadRow> => ({
  key: customColumn(name),
  header: name,
  align: 'left',
  cell: (row) => (
    <Cell zero={!row.custom?.[name]}>
      <span className="line-clamp-2 [overflow-wrap:anywhere]">{row.custom?.[name] ?? '–'}</span>
    </Cell>
  ),
})

const source: Column<LeadRow> = {
  key: 'source',
  header: 'Source',
  align: 'left',
  card: 'hidden',
  cell: (row) => <Cell>{leadSourceName(row.source)}</Cell>,
}

const columns = ({ sort, descending, hrefOf }: Sorting): Column<LeadRow>[] => {
  // The first click sorts names from A, figures and times from the top.
  const sortable = (by: LeadSort, fromTop = false) => ({
    sortHref: hrefOf(by, sort === by ? !descending : fromTop),
    sorted: sort === by ? (descending ? ('descending' as const) : ('ascending' as const)) : undefined,
  })
  return [
    {
      key: 'lead',
      header: 'Lead',
      ...sortable('email'),
      cell: (row) => (
        <Cell note={leadName(row) === row.email ? undefined : row.email}>
          <span className="[overflow-wrap:anywhere]">{leadName(row)}</span>
        </Cell>
      ),
    },
    {
      key: 'company',
      header: 'Company',
      align: 'left',
      ...sortable('company'),
      cell: (row) => (
        <Cell note={row.jobTitle} zero={!row.companyName}>
          <span className="[overflow-wrap:anywhere]">{row.companyName ?? '–'}</span>
        </Cell>
      ),
    },
    {
      key: 'place',
      header: 'Place',
      align: 'left',
      card: 'hidden',
      cell: (row) => (
        <Cell note={row.city && row.country ? countryName(row.country) : undefined} zero={!row.city && !row.country}>
          {row.city ?? (row.country ? countryName(row.country) : '–')}
        </Cell>
      ),
    },
    {
      key: 'status',
      header: 'Status',
      align: 'left',
      ...sortable('status'),
      cell: (row) => (
        <Cell note={wasEmailedBefore(row) ? 'emailed before' : undefined}>
          <LeadStatusChip status={row.status} />
        </Cell>
      ),
    },
    source,
    {
      key: 'sent',
      header: 'Emails',
      card: 'hidden',
      ...sortable('emailsSent', true),
      cell: (row) => <Cell zero={row.emailsSent === 0}>{formatCount(row.emailsSent)}</Cell>,
    },
    {
      key: 'last',
      header: 'Last email',
      card: 'hidden',
      ...sortable('lastContacted', true),
      cell: (row) =>
        row.lastContactedAt ? <OwnTimeAgo at={row.lastContactedAt} everyMs={60_000} /> : <Cell zero>–</Cell>,
    },
    {
      key: 'created',
      header: 'Added',
      card: 'hidden',
      ...sortable('created', true),
      cell: (row) => <OwnTimeAgo at={row.createdAt} everyMs={60_000} />,
    },
  ]
}
