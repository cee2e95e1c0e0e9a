import type { Results } from '../../api-types'
import { clockHour, HOURS, hourGrid, WEEKDAYS } from './result-figures'

/** When people write: the darker a field, the more replies came at that hour of that weekday. */
export function HourMap({ hours }: { hours: Results['hours'] }) {
  const grid = hourGrid(hours)
  const top = Math.max(1, ...grid.flat())
  return (
    <section
      aria-label="Replies by weekday and hour; the table has the figures"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, with the arrow keys too
      tabIndex={0}
      className="relative overflow-x-auto px-[18px] pt-1.5 pb-4 -outline-offset-2"
    >
      <div aria-hidden className="grid min-w-[620px] grid-cols-[36px_repeat(24,minmax(0,1fr))] gap-[3px] text-caption">
        {grid.flatMap((row, at) => [
          <span key={WEEKDAYS[at]} className="self-center text-ink-3">
            {WEEKDAYS[at]}
          </span>,
          ...row.map((replies, hour) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what it is
              key={`${at} ${hour}`}
              title={`${WEEKDAYS[at]} ${clockHour(hour)}: ${replies}`}
              className="h-6 rounded-[3px]"
              style={{ background: colourOf(replies / top) }}
            />
          )),
        ])}
        <span />
        {HOURS.map((hour) => (
          <span key={hour} className="text-center text-ink-3">
            {hour % 3 === 0 ? hour : ''}
          </span>
        ))}
      </div>
    </section>
  )
}

const colourOf = (share: number) =>
  share === 0 ? 'var(--sunken)' : `color-mix(in oklch, var(--accent) ${Math.round(20 + 80 * share)}%, var(--surface))`
