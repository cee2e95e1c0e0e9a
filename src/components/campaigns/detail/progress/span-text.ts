import { formatTime } from '@/components/ui/zoned-time'

/** A span of local days: "19–24 Nov", "30 Nov–2 Dec", "Thu 19 Nov" when it is one day. */
export function spanWords(first: Date, last: Date, zone: string): string {
  const from = formatTime(first, zone, 'day')
  const to = formatTime(last, zone, 'day')
  if (from === to) return from
  const [, fromDay, fromMonth] = from.split(' ')
  const [, toDay, toMonth] = to.split(' ')
  return fromMonth === toMonth ? `${fromDay}–${toDay} ${toMonth}` : `${fromDay} ${fromMonth}–${toDay} ${toMonth}`
}
