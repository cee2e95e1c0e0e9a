import { Chip, type ChipTone } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatCount } from '@/components/ui/numbers'
import type { ShownProblem } from '../api-types'

const KINDS: Record<ShownProblem['kind'], { label: string; tone: ChipTone }> = {
  invalid: { label: 'Invalid', tone: 'failed' },
  duplicate: { label: 'Duplicate', tone: 'neutral' },
  suppressed: { label: 'Suppressed', tone: 'held' },
  optedOut: { label: 'Opted out', tone: 'held' },
}

/** Rows that are left out, with their lines and why. */
export function ProblemTable({ rows }: { rows: readonly ShownProblem[] }) {
  return (
    <DataTable
      caption="Rows that are left out"
      className="mt-1.5"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => String(row.line)}
    />
  )
}

const COLUMNS: Column<ShownProblem>[] = [
  {
    key: 'line',
    header: 'Line',
    className: 'sm:w-px',
    cell: (row) => (
      <span>
        <span className="sm:hidden">Line </span>
        {formatCount(row.line)}
      </span>
    ),
  },
  {
    key: 'email',
    header: 'Email',
    align: 'left',
    card: 'full',
    className: 'sm:w-1/3',
    cell: (row) => <span className="text-ink-2 [overflow-wrap:anywhere]">{row.email || '–'}</span>,
  },
  {
    key: 'problem',
    header: 'What is wrong',
    align: 'left',
    card: 'full',
    cell: (row) => <span className="[overflow-wrap:anywhere]">{row.problem}</span>,
  },
  {
    key: 'kind',
    header: 'Kind',
    card: 'corner',
    cell: (row) => <Chip tone={KINDS[row.kind].tone}>{KINDS[row.kind].label}</Chip>,
  },
]
