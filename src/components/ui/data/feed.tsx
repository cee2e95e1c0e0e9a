import type { ReactNode } from 'react'
import { cn } from '../class-names'

export type FeedItem = {
  key: string
  /** A `Time`; the card or a day line names zone and day. */
  at: ReactNode
  text: ReactNode
  /** Who, why, or how many. */
  note?: ReactNode
  /** A word for the day above the first item of it: "Fri 20 Nov". */
  day?: string | undefined
}

/** Events, newest first. New lines arrive softly. */
export function Feed({
  items,
  label = 'Activity',
  className,
}: {
  items: readonly FeedItem[]
  label?: string
  className?: string
}) {
  return (
    <ol aria-label={label} className={cn('grid gap-2 px-[18px] pt-1.5 pb-3.5 text-control', className)}>
      {items.map((item) => (
        <li key={item.key} className="arrive">
          {item.day && <p className="mb-1 text-caption text-ink-3">{item.day}</p>}
          <div className="grid grid-cols-[minmax(44px,auto)_1fr] gap-2">
            <span className="text-ink-3">{item.at}</span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {item.text}
              {item.note && <span className="block text-caption text-ink-3">{item.note}</span>}
            </span>
          </div>
        </li>
      ))}
    </ol>
  )
}
