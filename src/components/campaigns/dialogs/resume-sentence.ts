import { durationWords } from '@/components/time/time-text'
import { formatOf, inNumber } from '@/components/ui/numbers'
import type { ResumePreview } from '../api-types'

// What a pause costs a campaign that finds leads, too.
const RUNS_GO_ON = 'Its runs go on as planned; of those missed meanwhile, one is made.'

/** What moves; what may have left is said beside it. */
type Shift = Omit<ResumePreview, 'inDoubt'>

/** The emails that a resume would move, and by how much. `runs`: the campaign finds leads, too, and so does not complete by itself. */
export function resumeSentence(preview: Shift, runs = false): string {
  if (!runs) return emailSentence(preview)
  const emails = preview.emailsShifted + preview.emailsUnchanged
  return emails === 0 ? RUNS_GO_ON : `${emailSentence(preview)} ${RUNS_GO_ON}`
}

function emailSentence({ leadsShifted, emailsShifted, emailsUnchanged, largestShiftSeconds }: Shift): string {
  const total = emailsShifted + emailsUnchanged
  if (total === 0) return 'Nothing is left to send, so the campaign completes.'
  if (emailsShifted === 0)
    return `Nothing is overdue: ${formatOf(total, 'email stays', 'emails stay')} planned as before.`
  const moved = `${formatOf(emailsShifted, 'email')} of ${formatOf(leadsShifted, 'lead')} ${inNumber(emailsShifted, 'moves', 'move')} later`
  const by = `${leadsShifted > 1 ? 'by up to' : 'by'} ${durationWords(largestShiftSeconds)}`
  const staying = emailsUnchanged > 0 ? ` ${formatOf(emailsUnchanged, 'email stays', 'emails stay')} as planned.` : ''
  return `${moved}, ${by}. The days between a lead's steps are kept, and nothing leaves in a rush.${staying}`
}
