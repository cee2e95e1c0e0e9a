import { durationWords } from '@/components/time/time-text'
import { formatOf, inNumber } from '@/components/ui/numbers'
import type { ResumePreview } from '../api-types'
import type { Outcome } from './bulk-acts'

type Shift = Pick<ResumePreview, 'emailsShifted' | 'emailsUnchanged' | 'largestShiftSeconds'>

/** What resuming several campaigns would do, summed up; `empty`: of them those with no email left, `inDoubt`: emails that may have left since a backup. */
export type SumOfPreviews = Shift & {
  empty: number
  inDoubt: number
}

export const NOTHING_MOVES: SumOfPreviews = {
  ...{ emailsShifted: 0, emailsUnchanged: 0, largestShiftSeconds: 0 },
  ...{ empty: 0, inDoubt: 0 },
}

/** The sum with one campaign more. */
export const withPreview = (
  sum: SumOfPreviews,
  { emailsShifted, emailsUnchanged, largestShiftSeconds, inDoubt }: Shift & { inDoubt?: ResumePreview['inDoubt'] },
): SumOfPreviews => ({
  emailsShifted: sum.emailsShifted + emailsShifted,
  emailsUnchanged: sum.emailsUnchanged + emailsUnchanged,
  largestShiftSeconds: Math.max(sum.largestShiftSeconds, largestShiftSeconds),
  empty: sum.empty + (emailsShifted + emailsUnchanged === 0 ? 1 : 0),
  inDoubt: sum.inDoubt + (inDoubt?.emails ?? 0),
})

/** What was counted of several campaigns; `missing`: of them those that gave no figures. */
export type Counted = { sum: SumOfPreviews; missing: number }

/** What a count has come to; null where it ended on the way or nobody gave figures: a part of them is no sum. */
export const countedOf = (sum: SumOfPreviews, { done, refused, notAsked }: Outcome): Counted | null =>
  notAsked > 0 || done.length === 0 ? null : { sum, missing: refused.length }

/** What a person should know before they resume them, a sentence each. */
export function resumeManyWords({ sum, missing }: Counted): string[] {
  const { emailsShifted, emailsUnchanged, largestShiftSeconds, empty, inDoubt } = sum
  return [
    ...(missing > 0
      ? [`${formatOf(missing, 'campaign')} could not be counted: what follows is the sum of the others.`]
      : []),
    ...(emailsShifted > 0
      ? [
          `${formatOf(emailsShifted, 'email')} ${inNumber(emailsShifted, 'moves', 'move')} later, by up to ${durationWords(largestShiftSeconds)}. The days between a lead's steps are kept, and nothing leaves in a rush.`,
        ]
      : []),
    ...(emailsUnchanged > 0 ? [`${formatOf(emailsUnchanged, 'email stays', 'emails stay')} planned as before.`] : []),
    ...(inDoubt > 0
      ? [
          `${formatOf(inDoubt, 'email')} may have been sent since the backup, and ${inNumber(inDoubt, 'stays', 'stay')} held.`,
        ]
      : []),
    ...(empty > 0
      ? [
          `${formatOf(empty, 'campaign has', 'campaigns have')} no email left: ${inNumber(empty, 'it completes', 'they complete')}, unless ${inNumber(empty, 'it finds', 'they find')} leads, too.`,
        ]
      : []),
    'One that cannot go on is named with its reason, and the others go on.',
  ]
}
