import { formatOf, inNumber } from '@/components/ui/numbers'
import type { RollbackCounts } from '@/domain/lead-import/rollback'

const leads = (count: number) => formatOf(count, 'lead')

/** What a rollback does, or has done, a line for each outcome that anybody has. */
export function rollbackLines(counts: RollbackCounts, when: 'before' | 'after'): string[] {
  const stay = (count: number) => (when === 'before' ? inNumber(count, 'stays', 'stay') : 'stayed')
  const lines: [number, (count: number) => string][] = [
    [counts.removed, (n) => `${leads(n)} that only this import brought: taken out`],
    [counts.restored, (n) => `${leads(n)} of before: given back as they were`],
    [counts.keptEmailed, (n) => `${leads(n)} that ${inNumber(n, 'was', 'were')} emailed: ${stay(n)}`],
    [counts.keptPlanned, (n) => `${leads(n)} for whom emails are planned: ${stay(n)}`],
    [counts.keptElsewhere, (n) => `${leads(n)} in another batch, or of another import: ${stay(n)}`],
    [counts.keptChanged, (n) => `${leads(n)} that somebody changed since, or who answered: ${stay(n)}`],
    [
      counts.existingKept,
      (n) =>
        `${leads(n)} of before that ${inNumber(n, 'was', 'were')} emailed, planned for or changed since: ${stay(n)}`,
    ],
    [
      counts.existingElsewhere,
      (n) =>
        `${leads(n)} of before that another import brought as well: ${stay(n)} as ${inNumber(n, 'it is', 'they are')}`,
    ],
    [counts.untouched, (n) => `${leads(n)} of before that it had not changed: ${stay(n)}`],
    [counts.gone, (n) => `${leads(n)} that somebody deleted before`],
  ]
  return lines.flatMap(([count, words]) => (count > 0 ? [words(count)] : []))
}
