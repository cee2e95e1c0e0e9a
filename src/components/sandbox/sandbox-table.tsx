'use client'

import { shownColumns } from '@/components/lists/columns/list-columns'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import type { SandboxRow } from './api-types'
import { SANDBOX_COLUMNS } from './sandbox-columns'

export function SandboxTable({
  rows,
  zone,
  columns,
}: {
  rows: readonly SandboxRow[]
  zone: string
  columns: readonly string[]
}) {
  return (
    <DataTable
      caption="Received emails"
      columns={shownColumns(SANDBOX_COLUMNS, allColumns(zone), columns)}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => routes.message(id)}
    />
  )
}

const allColumns = (zone: string): Column<SandboxRow>[] => [
  {
    key: 'subject',
    header: 'Subject',
    cell: ({ subject }) => (
      <span className="[overflow-wrap:anywhere]">
        {subject || <span className="font-normal text-ink-3">no subject</span>}
      </span>
    ),
  },
  {
    key: 'to',
    header: 'To',
    align: 'left',
    card: 'full',
    cell: ({ toEmail }) => <span className="text-ink-2 [overflow-wrap:anywhere] sm:text-ink">{toEmail}</span>,
  },
  {
    key: 'from',
    header: 'From',
    align: 'left',
    card: 'hidden',
    cell: ({ fromEmail }) => <Cell zero>{fromEmail || 'nobody'}</Cell>,
  },
  {
    key: 'received',
    header: `Received (${zone})`,
    card: 'full',
    cell: ({ receivedAt }) => (
      <span className="text-caption text-ink-3 sm:text-control sm:text-ink">
        <Time at={receivedAt} zone={zone} zoneSaid className="whitespace-nowrap" />
        <span className="sm:hidden"> {zone}</span>
      </span>
    ),
  },
]
