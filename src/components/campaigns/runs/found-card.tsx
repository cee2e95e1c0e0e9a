import { Card } from '@/components/ui/card'
import { Ledger } from '@/components/ui/data/ledger'
import { formatCount, formatOf, formatShare } from '@/components/ui/numbers'
import type { Yield } from '@/domain/lead-generation/yield'
import { foundTotal, yieldSegments } from './yield-segments'

/** The leads that runs found, by what became of them: the sum written out. */
export function FoundCard({
  totals,
  runs,
}: {
  totals: Yield /** Over how many; absent for a single one. */
  runs?: number
}) {
  return (
    <Card aria-label="Leads found">
      <Ledger
        all
        figure={totals.added}
        caption={
          totals.found > 0
            ? `of ${formatCount(totals.found)} leads found were added · ${formatShare(totals.added, totals.found)}${runs ? ` · ${formatOf(runs, 'run')}` : ''}`
            : 'leads added so far'
        }
        segments={yieldSegments(totals)}
        total={foundTotal(totals)}
      />
    </Card>
  )
}
