import { formatOf } from '@/components/ui/numbers'

/** Where a text stood that is gone. */
export const deletedWords = (days: number) => `Its text was deleted after ${formatOf(days, 'day')} by your setting.`
