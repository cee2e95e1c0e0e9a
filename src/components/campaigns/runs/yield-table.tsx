import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatCount } from '@/components/ui/numbers'
import { sumYields, type Yield } from '@/domain/lead-generation/yield'
import { effortWords } from './run-text'
import { YIELD_PARTS, type YieldPart } from './yield-segments'

type Row = Yield & { source: string; label: string }

/** What a source brought, by what became of it. */
export const YIELD_HEADERS: Record<'found' | YieldPart, string> = {
  found: 'Found',
  added: '= Added',
  duplicate: '+ Duplicate',
  invalid: '+ Invalid',
  suppressed: '+ Suppressed',
  overCap: '+ Over the limit',
}

const figure = (key: 'found' | YieldPart): Column<Row> => ({
  key,
  header: YIELD_HEADERS[key],
  card: 'third',
  cell: (row) => <Cell zero={row[key] === 0}>{formatCount(row[key])}</Cell>,
})

const COLUMNS: Column<Row>[] = [
  {
    key: 'source',
    header: 'Source',
    cell: (row) => (
      <Cell note={effortWords(row)}>
        <span className="font-medium">{row.label}</span>
      </Cell>
    ),
  },
  figure('found'),
  ...YIELD_PARTS.map(({ part }) => figure(part)),
]

/** The leads that each source found, by what became of them; every line sums up, and so do the columns. */
export function YieldTable({
  caption,
  rows,
  keys,
}: {
  caption: string
  rows: readonly Row[]
  /** Columns beside the source; all of them, unless said. */
  keys?: readonly string[]
}) {
  const sums = sumYields(rows)
  return (
    <DataTable
      caption={caption}
      columns={keys ? COLUMNS.filter(({ key }) => key === 'source' || keys.includes(key)) : COLUMNS}
      rows={rows}
      rowKey={({ source }) => source}
      {...(rows.length > 1 ? { foot: footOf(sums) } : {})}
    />
  )
}

const footOf = (sums: Yield) => ({
  source: 'Together',
  found: formatCount(sums.found),
  ...Object.fromEntries(YIELD_PARTS.map(({ part }) => [part, formatCount(sums[part])])),
})
