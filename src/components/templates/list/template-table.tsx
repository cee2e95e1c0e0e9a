'use client'

import { shownColumns } from '@/components/lists/columns/list-columns'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatOf } from '@/components/ui/numbers'
import { subjectWords } from '@/domain/templates/title'
import { routes } from '@/routes'
import type { TemplateRow } from '../api-types'
import { TEMPLATE_COLUMNS } from './template-columns'
import { TemplateRowMenu } from './template-row-menu'

/** Templates with what uses them, and the columns that are chosen; cards on a narrow screen. */
export function TemplateTable({ rows, columns }: { rows: readonly TemplateRow[]; columns: readonly string[] }) {
  return (
    <DataTable
      caption="Templates"
      columns={shownColumns(TEMPLATE_COLUMNS, COLUMNS, columns)}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => routes.template(row.id)}
    />
  )
}

const COLUMNS: Column<TemplateRow>[] = [
  {
    key: 'name',
    header: 'Template',
    cell: (row) => (
      <span className="block pr-9 sm:pr-0">
        <Cell note={<span className="line-clamp-1 [overflow-wrap:anywhere]">{subjectWords(row.subject)}</span>}>
          <span className="[overflow-wrap:anywhere]">{row.name}</span>
        </Cell>
      </span>
    ),
  },
  {
    key: 'form',
    header: 'Form',
    align: 'left',
    card: 'third',
    cell: (row) => (row.hasHtml ? 'Text and HTML' : 'Text'),
  },
  {
    key: 'use',
    header: 'Used by',
    align: 'left',
    card: 'third',
    cell: ({ usedBy }) => <Cell zero={usedBy.workflows + usedBy.campaigns === 0}>{useWords(usedBy)}</Cell>,
  },
  { key: 'saved', header: 'Saved', card: 'third', cell: (row) => <OwnTimeAgo at={row.updatedAt} /> },
  {
    key: 'menu',
    header: <span className="sr-only">More</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (row) => <TemplateRowMenu template={row} />,
  },
]

function useWords({ workflows, campaigns }: TemplateRow['usedBy']) {
  const words = [
    ...(workflows > 0 ? [formatOf(workflows, 'workflow')] : []),
    ...(campaigns > 0 ? [formatOf(campaigns, 'campaign')] : []),
  ]
  return words.join(', ') || 'Nothing yet'
}
