import { ChevronRight } from 'lucide-react'
import { LedgerBar, LedgerCell, type LedgerSegment } from '@/components/ui/data/ledger'
import { formatCount } from '@/components/ui/numbers'
import type { CampaignRow } from '../api-types'
import { ledgerSegments, plannedTotal } from '../status/ledger-segments'

type Found = NonNullable<CampaignRow['generation']>

/** The leads found, in three parts: the list has no room for why the rest was left out. */
function foundSegments({ found, added, duplicate }: Found): LedgerSegment[] {
  return [
    { label: 'new', count: added, tone: 'sent' },
    { label: 'duplicate', count: duplicate, tone: 'skipped' },
    { label: 'left out', count: found - added - duplicate, tone: 'cancelled' },
  ]
}

const NOTHING: Found = { found: 0, added: 0, duplicate: 0, nextRunAt: null, runs: 0, cap: null }

/** The yield of all runs of a campaign. */
export function FoundCell({ row }: { row: CampaignRow }) {
  const generation = row.generation ?? NOTHING
  return (
    <LedgerCell
      segments={foundSegments(generation)}
      total={{ label: 'found', count: generation.found }}
      done={generation.added}
    />
  )
}

/** Both halves as one line: what was found, and behind it what was mailed. */
export function PipelineCell({ row }: { row: CampaignRow }) {
  const generation = row.generation ?? NOTHING
  const { ledger } = row
  return (
    <div className="sm:ml-auto sm:w-[200px]">
      <div className="flex items-center gap-1">
        <LedgerBar
          size="small"
          className="flex-1"
          segments={foundSegments(generation)}
          total={{ label: 'found', count: generation.found }}
        />
        <ChevronRight aria-hidden className="size-3 shrink-0 text-ink-3" />
        <LedgerBar size="small" className="flex-[1.6]" segments={ledgerSegments(ledger)} total={plannedTotal(ledger)} />
      </div>
      <p className="mt-[3px] flex justify-between gap-3 text-caption text-ink-3">
        <span>{generation.found > 0 ? `${formatCount(generation.added)} new` : '–'}</span>
        <span>
          {ledger.planned > 0 ? `${formatCount(ledger.sent)} of ${formatCount(ledger.planned)} sent` : 'no email yet'}
        </span>
      </p>
    </div>
  )
}
