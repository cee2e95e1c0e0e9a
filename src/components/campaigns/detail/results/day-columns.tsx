import { midnightOf } from '@/components/time/days'
import { formatOf } from '@/components/ui/numbers'
import { REPLIED_COLOUR, SENT_COLOUR } from './result-colours'
import { filledResultDays, type ResultDay, readCount } from './result-figures'

const label = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

const ROWS = [
  { key: 'sent', name: 'Sent', colour: SENT_COLOUR },
  { key: 'replies', name: 'Replies', colour: REPLIED_COLOUR },
] as const

/** What left and what came back, by day; no replies where nobody has read any. Each row has its own scale: there are always far fewer replies than emails. */
export function DayColumns({ days, zeroKnown }: { days: readonly ResultDay[]; zeroKnown: boolean }) {
  const rows = zeroKnown || days.some(({ replies }) => replies > 0) ? ROWS : ROWS.slice(0, 1)
  const shown = filledResultDays(days)
  return (
    <section
      aria-label="Days"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, with the arrow keys too
      tabIndex={0}
      className="relative overflow-x-auto px-[18px] pt-1.5 pb-4 -outline-offset-2"
    >
      <ol className="flex min-w-max items-end gap-px sm:min-w-0">
        {shown.map((day) => (
          <li key={day.day} className="grid w-9 shrink-0 gap-2 text-center text-caption sm:w-auto sm:min-w-6 sm:flex-1">
            {rows.map(({ key, colour }) => (
              <Column key={key} value={day[key]} top={Math.max(1, ...shown.map((one) => one[key]))} colour={colour} />
            ))}
            <span aria-hidden className="mx-auto w-min text-ink-3 leading-tight">
              {label.format(midnightOf(day.day))}
            </span>
            <span className="sr-only">
              {label.format(midnightOf(day.day))}: {formatOf(day.sent, 'email')} sent
              {readCount(day.replies, zeroKnown) === 'not read'
                ? ', replies not read'
                : `, ${formatOf(day.replies, 'reply', 'replies')}`}
            </span>
          </li>
        ))}
      </ol>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-control text-ink-2">
        {rows.map(({ key, name, colour }) => (
          <li key={key} className="inline-flex items-center gap-[7px]">
            <span aria-hidden className="size-[9px] rounded-[3px]" style={{ background: colour }} />
            {name}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Column({ value, top, colour }: { value: number; top: number; colour: string }) {
  return (
    <span aria-hidden className="flex h-[84px] flex-col justify-end border-line-strong border-b text-ink-2">
      {value > 0 && (
        <>
          <span className="-mx-2 mb-0.5">{value}</span>
          <span
            className="ledger-segment mx-auto block min-h-0.5 w-[64%] max-w-10 shrink-0 rounded-t-[4px]"
            style={{ background: colour, height: `${(value / top) * 76}%` }}
          />
        </>
      )}
    </span>
  )
}
