'use client'

import { CalendarX } from 'lucide-react'
import { zonedWindowWords } from '@/components/time/time-text'
import { Card, CardHeader } from '@/components/ui/card'
import { Calendar } from '@/components/ui/data/calendar'
import { DefinitionList } from '@/components/ui/data/definition-list'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { formatOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { formatTime } from '@/components/ui/zoned-time'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'
import { isPaced } from '@/domain/delivery/pace'
import { api, messageOf } from '@/trpc/react'
import type { Forecast, Mailbox } from '../../api-types'
import type { DraftValues } from '../draft/draft-values'
import { paceWords } from '../draft/pace'
import { forecastDays } from './forecast-days'

/** Every email that a start would plan, by day and step, and what sets the pace. */
export function ForecastCard({
  forecast,
  error,
  values,
}: {
  forecast: Forecast | undefined
  error: unknown
  values: DraftValues
}) {
  const { data: all } = api.mailboxes.list.useQuery()
  const mailboxes = sendingMailboxes(all ?? [], values.mailboxIds)
  return (
    <Card aria-labelledby="forecast">
      <CardHeader id="forecast" title="Forecast" aside={values.timezone} />
      {error && !forecast ? (
        <ErrorState title={messageOf(error)} className="m-4" />
      ) : !forecast ? (
        <div role="status" className="p-[18px]">
          <span className="sr-only">Planning</span>
          <Skeleton className="h-40" />
        </div>
      ) : forecast.emails === 0 ? (
        <EmptyState icon={CalendarX} title="Nothing would be sent.">
          Choose leads and a sequence, and every planned email shows here by day.
        </EmptyState>
      ) : (
        <Planned forecast={forecast} mailboxes={mailboxes} values={values} />
      )}
    </Card>
  )
}

function Planned({ forecast, mailboxes, values }: { forecast: Forecast; mailboxes: Mailbox[]; values: DraftValues }) {
  const { days, timezone, firstAt, lastAt, lastOfDay } = forecast
  const steps = [...new Set(days.flatMap(({ byStep }) => Object.keys(byStep).map(Number)))].sort((a, b) => a - b)
  const pace = paceWords(forecast, mailboxes, values.dailyLimit)
  const paced = mailboxes.some(isPaced)
  const first = days[0]
  const lastOfFirst = first && lastOfDay[first.day]
  const windows = [...new Set(mailboxes.map(zonedWindowWords))]
  return (
    <>
      <Calendar
        label="Planned emails by day"
        days={forecastDays(days, steps, mailboxes)}
        series={steps.map((step) => `Step ${step}`)}
      />
      <DefinitionList
        ruled
        className="border-t"
        items={[
          ...(firstAt ? [{ term: 'First email', value: <Time at={firstAt} zone={timezone} /> }] : []),
          ...(lastAt
            ? [
                {
                  term: 'Last email',
                  value: <Time at={lastAt} zone={timezone} />,
                  ...(paced ? { note: 'about then: the gap sets the pace' } : {}),
                },
              ]
            : []),
          ...(paced && first && lastOfFirst
            ? [
                {
                  term: 'First day',
                  value: formatOf(first.total, 'email'),
                  note: `one after the other, the last about ${formatTime(lastOfFirst, timezone, 'day-time')}`,
                },
              ]
            : []),
          { term: 'What sets the pace', value: pace.fact, note: pace.note },
          { term: 'Sending window', value: windows.join('; ') || 'none' },
        ]}
      />
    </>
  )
}
