import { Card, CardBody } from '@/components/ui/card'
import { Ledger, type LedgerSegment } from '@/components/ui/data/ledger'
import { formatCount, formatOf, formatShare, inNumber } from '@/components/ui/numbers'
import type { CheckedImport } from '../api-types'

type Counts = Pick<
  CheckedImport,
  'rows' | 'added' | 'existing' | 'duplicate' | 'invalid' | 'suppressed' | 'optedOut' | 'mailedBefore'
> & {
  /** Of the existing: those that gained a value; not known before an import. */
  filled?: number
}

/** The rows by outcome, as a ledger that sums to them. */
export function ImportLedgerCard({ counts, done = false }: { counts: Counts; done?: boolean }) {
  const leads = counts.added + counts.existing
  const verb = done ? 'imported' : 'can be imported'
  return (
    <Card aria-label="Rows">
      <Ledger
        figure={leads}
        caption={`of ${formatCount(counts.rows)} rows ${verb} · ${formatShare(leads, counts.rows)}`}
        segments={segmentsOf(counts)}
        total={{ label: 'rows', count: counts.rows }}
      />
      {counts.mailedBefore > 0 && (
        <CardBody className="text-control text-ink-2">
          {formatOf(counts.mailedBefore, 'new lead')} {inNumber(counts.mailedBefore, 'was', 'were')} emailed before, as{' '}
          {inNumber(counts.mailedBefore, 'a lead that was', 'leads that were')} deleted since. The last email counts for
          the 24 hours between two.
        </CardBody>
      )}
    </Card>
  )
}

const segmentsOf = (counts: Counts): LedgerSegment[] => [
  { label: 'new', count: counts.added, tone: 'sent' },
  ...(counts.filled === undefined
    ? [{ label: 'existing', count: counts.existing, tone: 'pending' } as const]
    : [
        { label: 'updated', count: counts.filled, tone: 'accent' } as const,
        { label: 'already there', count: counts.existing - counts.filled, tone: 'pending' } as const,
      ]),
  { label: 'duplicate', count: counts.duplicate, tone: 'skipped' },
  { label: 'invalid', count: counts.invalid, tone: 'failed' },
  { label: 'suppressed', count: counts.suppressed, tone: 'held' },
  { label: 'opted out', count: counts.optedOut, tone: 'held' },
]
