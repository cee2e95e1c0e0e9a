'use client'

import { useState } from 'react'
import { Card, CardAct, CardHeader } from '../card'
import { cn } from '../class-names'
import { formatCount } from '../numbers'
import { DataTable } from './data-table'

export type DayBar = {
  /** "Thu 19". */
  label: string
  /** The part that is done, solid. */
  done: number
  /** The part that did not succeed, on top of it. */
  failed: number
  /** The part still to come, pale, on top of both. */
  open: number
}

/** A card with bars by day, done, failed and still to come, which can be read as a table too. */
export function DayBars({
  title,
  days,
  doneLabel = 'Sent',
  failedLabel = 'Failed',
  openLabel = 'Planned',
}: {
  title: string
  days: readonly DayBar[]
  doneLabel?: string
  failedLabel?: string
  openLabel?: string
}) {
  const [asTable, setAsTable] = useState(false)
  const top = Math.max(1, ...days.map(totalOf))
  return (
    <Card>
      <CardHeader
        title={title}
        aside={<CardAct onClick={() => setAsTable(!asTable)}>{asTable ? 'View as chart' : 'View as table'}</CardAct>}
      />
      {asTable ? (
        <DataTable
          caption={title}
          className="mt-1.5"
          rows={days}
          rowKey={(day) => day.label}
          columns={[
            { key: 'day', header: 'Day', cell: (day) => day.label },
            { key: 'done', header: doneLabel, cell: (day) => formatCount(day.done) },
            { key: 'failed', header: failedLabel, cell: (day) => formatCount(day.failed) },
            { key: 'open', header: openLabel, cell: (day) => formatCount(day.open) },
          ]}
        />
      ) : (
        <section
          aria-label={title}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, with the arrow keys too
          tabIndex={0}
          className="relative overflow-x-auto px-[18px] pt-1.5 pb-4 -outline-offset-2"
        >
          <ol className="flex min-w-max items-end sm:min-w-0">
            {days.map((day) => (
              <li
                key={day.label}
                className="relative grid w-14 shrink-0 gap-1 text-center text-caption sm:w-auto sm:min-w-9 sm:flex-1"
              >
                <Bars day={day} top={top} />
                <span className={cn('text-ink-3', days.length > 10 ? 'mx-auto w-min' : 'whitespace-nowrap')}>
                  {day.label}
                </span>
                <span className="sr-only">
                  {formatCount(day.done)} {doneLabel.toLowerCase()}, {formatCount(day.failed)}{' '}
                  {failedLabel.toLowerCase()}, {formatCount(day.open)} {openLabel.toLowerCase()}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Card>
  )
}

/** The parts of a day on top of each other; `top` is as high as the chart. */
function Bars({ day, top }: { day: DayBar; top: number }) {
  const total = totalOf(day)
  return (
    <span
      aria-hidden
      className="flex h-[136px] flex-col justify-end gap-0.5 border-line-strong border-b px-[18%] text-ink-2"
    >
      {total > 0 && <span className="-mx-2 mb-0.5">{formatCount(total)}</span>}
      <Bar share={day.open / top} className="bg-pending" />
      <Bar share={day.failed / top} className="bg-failed" />
      <Bar share={day.done / top} className="bg-sent" />
    </span>
  )
}

const totalOf = ({ done, failed, open }: DayBar) => done + failed + open

function Bar({ share, className }: { share: number; className: string }) {
  if (share <= 0) return null
  return (
    <span
      className={cn(
        'ledger-segment mx-auto block min-h-0.5 w-full max-w-14 shrink-0 rounded-t-[4px] transition-[height]',
        className,
      )}
      style={{ height: `${share * 84}%` }}
    />
  )
}
