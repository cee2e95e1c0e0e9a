import { formatCount, formatShare } from '@/components/ui/numbers'
import type { Ledger } from '@/domain/campaign/progress'

/** Behind the figure of what was sent: of how many, and how many of them no server has confirmed. */
export function sentCaption({ sent, planned }: Pick<Ledger, 'sent' | 'planned'>, assumed: number): string {
  const doubt = assumed > 0 ? ` · ${formatCount(assumed)} of them assumed` : ''
  return `of ${formatCount(planned)} planned emails sent · ${formatShare(sent, planned)}${doubt}`
}
