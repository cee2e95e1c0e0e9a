import { formatCount, formatOf } from '@/components/ui/numbers'
import { SUPPRESSION_LABELS, SUPPRESSION_REASONS, type SuppressionReason } from '@/domain/lead/suppression'
import type { SuppressionImport } from '../api-types'

export const REASON_OPTIONS = SUPPRESSION_REASONS.map((value) => ({ value, label: SUPPRESSION_LABELS[value] }))

export const reasonLabel = (reason: string) => SUPPRESSION_LABELS[reason as SuppressionReason] ?? reason

const SOURCES: Readonly<Record<string, string>> = {
  manual: 'by hand',
  import: 'from an import',
  link: 'by the link in an email',
}

/** Why it is on the list, and how it came there. */
export function originWords({ reason, source }: { reason: string; source: string }) {
  if (reason === 'manual') return { why: source === 'import' ? 'Imported' : reasonLabel(reason), how: null }
  return { why: reasonLabel(reason), how: SOURCES[source] ?? source.replaceAll('_', ' ') }
}

/** The effect of an addition: the leads and the planned emails that it stops. */
export function effectWords({ leadsAffected, emailsSkipped }: { leadsAffected: number; emailsSkipped: number }) {
  if (leadsAffected === 0) return 'None of your leads is concerned.'
  const leads = `${formatOf(leadsAffected, 'lead')} will get no more emails`
  return emailsSkipped === 0 ? `${leads}.` : `${leads}; ${formatOf(emailsSkipped, 'planned email')} skipped.`
}

/** "12 lines: 9 added, 1 on the list already, 1 double, 1 not readable, 2 not recorded": the parts always sum to the lines. */
export function importWords(done: Omit<SuppressionImport, 'problems'>) {
  const { rows, added, existing, duplicate, invalid, unconfirmed = [], notRecorded = [] } = done
  const parts = [
    `${added} added`,
    ...(existing > 0 ? [`${existing} on the list already`] : []),
    ...(duplicate > 0 ? [`${duplicate} double`] : []),
    ...(invalid > 0 ? [`${invalid} not readable`] : []),
    ...(unconfirmed.length > 0 ? [`${unconfirmed.length} to confirm`] : []),
    ...(notRecorded.length > 0 ? [`${formatCount(notRecorded.length)} not recorded`] : []),
  ]
  return `${formatOf(rows, 'line')}: ${parts.join(', ')}.`
}

/** What follows from lines that could not be put on the list. */
export const notRecordedWords = (lines: number) =>
  `${formatOf(lines, 'line')} could not be put on the list, and may be emailed still. Import ${lines === 1 ? 'it' : 'them'} again: what is on the list stays there.`
