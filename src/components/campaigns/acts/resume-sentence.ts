import { formatOf } from '@/components/ui/numbers'
import type { ResumePreview } from '../api-types'
import { durationWords } from '../time-words'

/** What a resume would move, and by how much. */
export function resumeSentence({ leadsMoved, mailsMoved, mailsStaying, largestShiftSeconds }: ResumePreview): string {
  const total = mailsMoved + mailsStaying
  if (total === 0) return 'Nothing is left to send, so the campaign completes.'
  if (mailsMoved === 0)
    return `Nothing is overdue: ${formatOf(total, 'mail')} ${total === 1 ? 'stays' : 'stay'} planned as before.`
  const moved = `${formatOf(mailsMoved, 'mail')} of ${formatOf(leadsMoved, 'lead')} ${mailsMoved === 1 ? 'moves' : 'move'} later`
  const by = `${leadsMoved > 1 ? 'by up to' : 'by'} ${durationWords(largestShiftSeconds)}`
  const staying =
    mailsStaying > 0 ? ` ${formatOf(mailsStaying, 'mail')} ${mailsStaying === 1 ? 'stays' : 'stay'} as planned.` : ''
  return `${moved}, ${by}. The days between a lead's steps are kept, and nothing leaves in a rush.${staying}`
}
