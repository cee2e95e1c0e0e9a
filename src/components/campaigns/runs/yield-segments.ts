import type { LedgerSegment, LedgerTone } from '@/components/ui/data/ledger'
import type { Yield } from '@/domain/lead-generation/yield'

export type YieldPart = 'added' | 'duplicate' | 'invalid' | 'suppressed' | 'overCap'

/** The leads found by what became of them, in the order in which it is written out; together they are always what was found. */
export const YIELD_PARTS: readonly { part: YieldPart; label: string; tone: LedgerTone }[] = [
  { part: 'added', label: 'added', tone: 'sent' },
  { part: 'duplicate', label: 'duplicate', tone: 'skipped' },
  { part: 'invalid', label: 'invalid', tone: 'failed' },
  { part: 'suppressed', label: 'suppressed', tone: 'cancelled' },
  { part: 'overCap', label: 'over the limit', tone: 'pending' },
]

export const yieldSegments = (yields: Yield): LedgerSegment[] =>
  YIELD_PARTS.map(({ part, label, tone }) => ({ label, count: yields[part], tone }))

export const foundTotal = ({ found }: Yield) => ({ label: 'found', count: found })
