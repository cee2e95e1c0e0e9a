'use client'

import { CardBody } from '@/components/ui/card'
import { Calendar } from '@/components/ui/data/calendar'
import { formatOf } from '@/components/ui/numbers'
import type { ChangeEffect } from '../api-types'
import { forecastDays, type Windowed } from '../editor/steps/forecast-days'
import { effectDays } from './effect-text'

/** The emails by day, as they would leave and as they leave now. `mailboxes`: whose windows say which days are closed, then and now. */
export function EffectCalendars({
  days,
  mailboxes,
  titles,
}: {
  days: ChangeEffect['days']
  mailboxes: { after: readonly Windowed[]; before: readonly Windowed[] }
  titles: { after: string; before: string }
}) {
  const { before, after, steps, later } = effectDays({ days })
  const series = steps.map((step) => `Step ${step}`)
  if (after.length === 0) return null
  return (
    <div className="border-t">
      <h3 className="px-[18px] pt-3 font-semibold text-control">{titles.after}</h3>
      <Calendar
        label={`Planned emails by day, ${inLine(titles.after)}`}
        days={forecastDays(after, steps, mailboxes.after)}
        series={series}
      />
      <h3 className="border-t px-[18px] pt-3 font-semibold text-control">{titles.before}</h3>
      <Calendar
        label={`Planned emails by day, ${inLine(titles.before)}`}
        days={forecastDays(before, steps, mailboxes.before)}
        series={series}
      />
      {later > 0 && (
        <CardBody className="border-t pt-3 text-caption text-ink-3">
          {formatOf(later, 'more email is', 'more emails are')} planned for later days, which are not shown.
        </CardBody>
      )}
    </div>
  )
}

const inLine = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)
