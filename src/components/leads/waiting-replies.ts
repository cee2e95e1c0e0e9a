import { formatOf } from '@/components/ui/numbers'

/** What becomes of replies that wait to be sent when the lead is deleted. */
export const waitingRepliesWords = (count: number): string =>
  `${formatOf(count, 'reply', 'replies')} that waited to be sent will never leave`
