import { formatCount, formatOf } from '@/components/ui/numbers'
import { leftOutWords } from '../status/reason-text'

type LeftOut = readonly { reason: string; count: number }[]

/** The question of the dialog; `can` is undefined until it is known how many can be tried again. */
export const retryTitle = (count: number, can: number | undefined, leftOut: LeftOut) =>
  can === undefined || leftOut.length === 0
    ? `Try ${formatOf(can ?? count, 'failed email')} again?`
    : `Retry ${formatCount(can)} of ${formatOf(count, 'email')}: ${listOf(leftOut)}`

/** Whom a retry leaves out, and what becomes of them. */
export const leftOutSentence = (leftOut: LeftOut) =>
  `Left out, because they cannot be delivered: ${listOf(leftOut)}. They stay failed, with their reasons.`

const listOf = (leftOut: LeftOut) =>
  leftOut.map(({ reason, count }) => `${formatCount(count)} ${leftOutWords(reason)}`).join(', ')
