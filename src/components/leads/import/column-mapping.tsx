'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Select } from '@/components/ui/fields/select'
import { formatOf } from '@/components/ui/numbers'
import { type ColumnTarget, isColumnTarget, type MappedColumn, targetLabel } from '@/domain/lead/csv-mapping'
import { LEAD_FIELDS } from '@/domain/lead/fields'
import { customFieldKey } from '@/domain/message/variables'
import { precedence } from './mapping-text'

type Line = MappedColumn & { index: number }

/** Every column of the file with values of it, and where it goes. */
export function ColumnMapping({
  columns,
  headerLine,
  onChange,
}: {
  columns: readonly MappedColumn[]
  headerLine: number
  onChange: (targets: ColumnTarget[]) => void
}) {
  const change = (index: number, target: ColumnTarget) =>
    onChange(columns.map((column, i) => (i === index ? target : column.target)))
  const lines = columns.map((column, index) => ({ ...column, index }))
  return (
    <Card aria-labelledby="columns">
      <CardHeader id="columns" title="Columns" aside={asideWords(columns, headerLine)} />
      <DataTable
        caption="Columns of the file"
        className="mt-1.5"
        columns={tableColumns(change)}
        rows={lines}
        rowKey={(line) => String(line.index)}
      />
      {precedence(columns).map((sentence) => (
        <p key={sentence} className="border-t px-[18px] py-2.5 text-caption text-ink-2">
          {sentence}
        </p>
      ))}
    </Card>
  )
}

const asideWords = (columns: readonly MappedColumn[], headerLine: number) => {
  const ignored = columns.filter(({ target }) => target === 'ignore').length
  const header = headerLine > 1 ? `names in line ${headerLine} · ` : headerLine === 0 ? 'without names · ' : ''
  return `${header}${formatOf(columns.length, 'column')}${ignored ? `, ${ignored} ignored` : ''}`
}

const tableColumns = (change: (index: number, target: ColumnTarget) => void): Column<Line>[] => [
  {
    key: 'name',
    header: 'Column',
    className: 'sm:w-1/4',
    cell: (line) => <span className="font-medium [overflow-wrap:anywhere]">{nameOf(line)}</span>,
  },
  {
    key: 'samples',
    header: 'Values',
    align: 'left',
    card: 'full',
    cell: (line) => (
      <span className="line-clamp-2 text-ink-2 [overflow-wrap:anywhere]">{line.samples.join(' · ') || 'empty'}</span>
    ),
  },
  {
    key: 'target',
    header: 'Goes to',
    align: 'left',
    card: 'full',
    className: 'sm:w-[230px]',
    cell: (line) => (
      <Select
        aria-label={`Where column ${nameOf(line)} goes`}
        options={optionsOf(line)}
        value={line.target}
        onValueChange={(target) => change(line.index, target)}
      />
    ),
  },
]

const nameOf = ({ name, index }: Line) => name || `Column ${index + 1}`

function optionsOf(line: Line): { value: ColumnTarget; label: string }[] {
  const own: ColumnTarget = `custom:${customFieldKey(line.name) ?? `column_${line.index + 1}`}`
  const custom = line.target.startsWith('custom:') ? line.target : isColumnTarget(own) ? own : null
  const targets: ColumnTarget[] = [...LEAD_FIELDS, ...(custom ? [custom] : []), 'ignore']
  return targets.map((value) => ({ value, label: value === 'ignore' ? 'Ignore' : targetLabel(value) }))
}
