import { numberOf } from '@/components/ui/numbers'

/** Days as they were typed, or what is to be fixed. */
export function selectDays(text: string): { ok: true; days: number } | { ok: false; problem: string } {
  const days = numberOf(text)
  return Number.isInteger(days) && days >= 1 && days <= 365
    ? { ok: true, days }
    : { ok: false, problem: 'Give a whole number of days from 1 to 365.' }
}
