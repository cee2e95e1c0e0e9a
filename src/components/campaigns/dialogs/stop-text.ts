import { formatOf, inNumber } from '@/components/ui/numbers'
import type { Progress } from '../api-types'

type Stand = Pick<Progress, 'ledger' | 'generation'>

/** The question, with the counts of what is cancelled, and that no run follows. */
export function stopQuestion(name: string, { ledger, generation }: Stand): string {
  const emails = ledger.pending > 0 ? `cancels ${formatOf(ledger.pending, 'planned email')}` : null
  const runs =
    generation && (generation.running ? 'ends the run under way' : generation.nextRunAt && 'cancels its runs to come')
  const acts = [emails, runs].filter(Boolean).join(' and ')
  return acts ? `Stop “${name}”? This ${acts}.` : `Stop “${name}”?`
}

/** The things that stay. */
export function stopSentences({ ledger, generation }: Stand): string {
  const { upcoming = [] } = generation ?? {}
  const unwritten = upcoming.reduce((sum, { leads }) => sum + leads, 0)
  return [
    !generation && ledger.planned === 0 && 'It has not started, so nothing was planned yet.',
    ledger.sent > 0 && `${formatOf(ledger.sent, 'email')} already sent ${inNumber(ledger.sent, 'stays', 'stay')} sent.`,
    ledger.held > 0 && `${formatOf(ledger.held, 'held email')} can still be decided.`,
    generation &&
      generation.totals.added > 0 &&
      `${formatOf(generation.totals.added, 'lead')} that it found stay in their batches.`,
    unwritten > 0 &&
      `${formatOf(unwritten, 'lead')} found lately ${inNumber(unwritten, 'gets', 'get')} no email from it.`,
    generation ? null : 'Its batches are free for other campaigns.',
    'A stopped campaign cannot be resumed; to only interrupt it, pause it.',
  ]
    .filter(Boolean)
    .join(' ')
}
