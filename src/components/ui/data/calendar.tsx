import { cn } from '../class-names'
import { formatCount } from '../numbers'
import { dayNumber } from './calendar-text'
import { seriesColour } from './series'

export type CalendarDay = {
  /** Local date of the zone shown: 2026-11-19. */
  date: string
  /** One count a series, in their order. */
  counts: readonly number[]
  /** Nothing may leave on this day, and why: "Outside the sending window". */
  closed?: string | undefined
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })
const whole = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
const at = (date: string) => new Date(`${date}T00:00:00Z`)
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/**
 * Planned email by day, weeks beginning with the weekday of the first day. Give every day between first and last, empty
 * ones too. On a narrow screen it is a list of those with emails, and of the first and the last.
 */
export function Calendar({
  label,
  days,
  series,
  className,
}: {
  /** Names it: "Forecast by day". */
  label: string
  days: readonly CalendarDay[]
  /** "Step 1", "Step 2", ... */
  series: readonly string[]
  className?: string
}) {
  return (
    <div className={cn('px-[18px] pt-2.5 pb-[18px]', className)}>
      <div aria-hidden className="hidden grid-cols-7 gap-1.5 sm:grid">
        {days.slice(0, 7).map((day) => (
          <span key={day.date} className="px-2 py-0.5 text-caption text-ink-3">
            {weekday.format(at(day.date))}
          </span>
        ))}
      </div>
      <ol aria-label={label} className="grid grid-cols-1 gap-1.5 sm:mt-1 sm:grid-cols-7">
        {days.map((day) => (
          <Day key={day.date} day={day} series={series} isFirst={day === days[0]} isLast={day === days.at(-1)} />
        ))}
      </ol>
      {series.length > 1 && (
        <ul aria-label="Series" className="mt-3 flex flex-wrap gap-x-3 gap-y-1 text-control text-ink-2">
          {series.map((name, index) => (
            <li key={name} className="inline-flex items-center gap-[7px]">
              <span
                aria-hidden
                className="size-[9px] rounded-[3px]"
                style={{ background: seriesColour(index, series.length) }}
              />
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type DayProps = { day: CalendarDay; series: readonly string[]; isFirst: boolean; isLast: boolean }

function Day({ day, series, isFirst, isLast }: DayProps) {
  const total = sum(day.counts)
  const date = at(day.date)
  const words = total
    ? series
        .flatMap((name, index) => (day.counts[index] ? [`${name}: ${formatCount(day.counts[index])}`] : []))
        .join(', ')
    : (day.closed ?? 'nothing planned')
  return (
    <li
      title={`${whole.format(date)}: ${words}`}
      className={cn(
        'flex min-h-9 items-center gap-3 rounded-control border px-2 py-1.5 text-caption text-ink-3 sm:min-h-[74px] sm:flex-col sm:items-stretch sm:gap-[3px]',
        day.closed && !total ? 'hatch-closed' : 'bg-surface',
        total === 0 && !isFirst && !isLast && 'max-sm:hidden',
      )}
    >
      <span className="w-20 shrink-0 sm:w-auto">
        <span className="sm:sr-only">{weekday.format(date)} </span>
        {dayNumber(date, isFirst)}
      </span>
      {total > 0 ? (
        <>
          <b className="w-12 shrink-0 text-right font-semibold text-control text-ink sm:w-auto sm:text-left">
            {formatCount(total)}
          </b>
          <span
            aria-hidden
            className="flex h-[5px] flex-1 gap-0.5 overflow-hidden rounded-[3px] sm:mt-auto sm:flex-none"
          >
            {day.counts.map((count, index) =>
              count > 0 ? (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is the series
                  key={index}
                  className="block h-full min-w-[2px] basis-0"
                  style={{ flexGrow: count, background: seriesColour(index, series.length) }}
                />
              ) : null,
            )}
          </span>
          <span className="sr-only">{words}</span>
        </>
      ) : (
        <span className="sm:sr-only">{words}</span>
      )}
    </li>
  )
}
