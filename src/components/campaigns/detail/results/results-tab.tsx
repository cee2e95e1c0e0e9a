'use client'

import { BarChart3 } from 'lucide-react'
import { AsOf } from '@/components/lists/as-of'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'
import { ChartCard } from './chart-card'
import { DayColumns } from './day-columns'
import { HourMap } from './hour-map'
import { dayTable, hourTable, isZeroKnown, readingRemark, stepTable } from './result-figures'
import { StepFunnel } from './step-funnel'

/** What the emails of a campaign have brought: by day, by step, and when people write. */
export function ResultsTab({ campaign: { id, name }, everyMs }: { campaign: CampaignDetails; everyMs: number }) {
  const results = api.campaigns.results.useQuery({ campaignId: id }, { refetchInterval: everyMs })
  if (results.error && !results.data)
    return <ErrorState title={messageOf(results.error)} untouched="Nothing was changed." />
  if (!results.data) {
    return (
      <Card>
        <SkeletonRows rows={8} label="Loading the results" />
      </Card>
    )
  }
  const { days, steps, hours, reading, timezone, asOf } = results.data
  if (days.length === 0) {
    return (
      <Card>
        <EmptyState icon={BarChart3} title="Nothing was sent yet.">
          Once emails leave, this shows what they bring, by day and by step.
        </EmptyState>
      </Card>
    )
  }
  const zeroKnown = isZeroKnown(reading)
  const remark = readingRemark(reading)
  return (
    <Stack>
      <AsOf at={asOf} />
      {remark && (
        <Callout title={remark}>
          Who replied there is not known. <TextLink href={routes.mailboxes}>Mailboxes</TextLink> shows what is read.
        </Callout>
      )}
      <ChartCard
        title={`Sent and replies by day, ${timezone}`}
        table={dayTable(days, zeroKnown)}
        fileName={`${name} by day`}
      >
        <DayColumns days={days} zeroKnown={zeroKnown} />
      </ChartCard>
      <ChartCard title="Steps" table={stepTable(steps, zeroKnown)} fileName={`${name} by step`}>
        <StepFunnel steps={steps} zeroKnown={zeroKnown} />
      </ChartCard>
      {hours.length > 0 && (
        <ChartCard title={`When people reply, ${timezone}`} table={hourTable(hours)} fileName={`${name} by hour`}>
          <HourMap hours={hours} />
        </ChartCard>
      )}
    </Stack>
  )
}
