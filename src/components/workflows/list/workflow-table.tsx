'use client'

import { shownColumns } from '@/components/lists/columns/list-columns'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { routes } from '@/routes'
import type { WorkflowRow } from '../api-types'
import { WORKFLOW_COLUMNS } from './workflow-columns'
import { WorkflowRowMenu } from './workflow-row-menu'

/** Workflows with their length and use, and the columns that are chosen; cards on a narrow screen. */
export function WorkflowTable({ rows, columns }: { rows: readonly WorkflowRow[]; columns: readonly string[] }) {
  return (
    <DataTable
      caption="Workflows"
      columns={shownColumns(WORKFLOW_COLUMNS, COLUMNS, columns)}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => routes.workflow(row.id)}
    />
  )
}

const COLUMNS: Column<WorkflowRow>[] = [
  {
    key: 'name',
    header: 'Workflow',
    cell: (row) => (
      <span className="block pr-9 sm:pr-0">
        <Cell
          note={row.description && <span className="line-clamp-1 [overflow-wrap:anywhere]">{row.description}</span>}
        >
          <span className="[overflow-wrap:anywhere]">{row.name}</span>
        </Cell>
      </span>
    ),
  },
  {
    key: 'use',
    header: 'In use by',
    align: 'left',
    card: 'full',
    cell: ({ inUseBy: { first, count } }) => {
      if (!first) return <Cell zero>No campaign under way</Cell>
      return (
        <Cell note={count > 1 ? `and ${formatOf(count - 1, 'more', 'more')}` : first.status}>
          <span className="[overflow-wrap:anywhere]">{first.name}</span>
        </Cell>
      )
    },
  },
  { key: 'steps', header: 'Emails', card: 'third', cell: (row) => formatCount(row.steps) },
  { key: 'days', header: 'Lasts', card: 'third', cell: (row) => formatOf(row.days, 'day') },
  { key: 'saved', header: 'Saved', card: 'third', cell: (row) => <OwnTimeAgo at={row.updatedAt} /> },
  {
    key: 'menu',
    header: <span className="sr-only">More</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (row) => <WorkflowRowMenu workflow={row} />,
  },
]
