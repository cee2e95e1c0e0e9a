import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Ledger, type LedgerSegment } from '@/components/ui/data/ledger'
import { formatOf } from '@/components/ui/numbers'
import { keptOf } from '@/domain/lead-import/rollback'
import type { ShownImport } from '../api-types'
import { rollbackLines } from './rollback-words'

/** What became of the leads of an import that was rolled back: a ledger that sums to them, and each reason. */
export function RollbackCard({ row }: { row: ShownImport }) {
  const total = row.added + row.existing
  return (
    <Card aria-labelledby="rollback">
      <CardHeader id="rollback" title="Rollback" aside={formatOf(total, 'lead')} />
      <Ledger
        figure={row.removed}
        caption={`of ${formatOf(total, 'lead')} of this import taken out`}
        segments={segmentsOf(row)}
        total={{ label: 'leads', count: row.status === 'rolled_back' ? total : sumOf(row) }}
      />
      <CardBody className="grid gap-1.5 text-control text-ink-2">
        {rollbackLines(row, 'after').map((line) => (
          <p key={line}>{line}</p>
        ))}
        {row.batchRemoved && <p>The batch “{row.batchName}” was empty and went with them.</p>}
      </CardBody>
    </Card>
  )
}

const segmentsOf = (row: ShownImport): LedgerSegment[] => [
  { label: 'taken out', count: row.removed, tone: 'cancelled' },
  { label: 'given back', count: row.restored, tone: 'accent' },
  { label: 'kept', count: keptOf(row), tone: 'sent' },
  { label: 'not changed', count: row.untouched, tone: 'pending' },
  { label: 'deleted before', count: row.gone, tone: 'skipped' },
]

const sumOf = (row: ShownImport) => segmentsOf(row).reduce((sum, { count }) => sum + count, 0)
