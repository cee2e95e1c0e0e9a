import type { LedgerSegment, LedgerTone } from '@/components/ui/data/ledger'
import type { EmailStatus, Ledger } from '@/domain/campaign/progress'

const ORDER: readonly EmailStatus[] = ['sent', 'sending', 'pending', 'held', 'failed', 'skipped', 'cancelled']
// Passing states: named only while there is something in them.
const QUIET: ReadonlySet<EmailStatus> = new Set(['sending', 'cancelled'])

const toneOf = (status: EmailStatus): LedgerTone => (status === 'sending' ? 'accent' : status)

/** The parts of a ledger in the order of the bar; together they are always what was planned. */
export function ledgerSegments(ledger: Ledger, hrefOf?: (status: EmailStatus) => string): LedgerSegment[] {
  return ORDER.filter((status) => ledger[status] > 0 || !QUIET.has(status)).map((status) => ({
    label: status === 'held' && ledger.held > 0 ? 'held, delivery unknown' : status,
    count: ledger[status],
    tone: toneOf(status),
    href: hrefOf && ledger[status] > 0 ? hrefOf(status) : undefined,
  }))
}

export const plannedTotal = (ledger: Ledger) => ({ label: 'planned', count: ledger.planned })
