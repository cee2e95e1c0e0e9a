import { formatCount, inNumber } from '@/components/ui/numbers'

/** That copies of held emails are missing in Sent, where their provider puts one of each email that it takes. */
export function missingWords(missing: number, held: number): string {
  const which = missing < held ? formatCount(missing) : inNumber(held, 'it', 'them')
  return `An hour later Sent held no copy of ${which}, though the provider puts one there within minutes: ${inNumber(missing, 'it', 'they')} most likely never left.`
}
