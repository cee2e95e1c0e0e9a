'use client'

import { ArrowLeft } from 'lucide-react'
import { SampleNote } from '@/components/lead-sources/sample-note'
import { ButtonLink } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { ErrorState } from '@/components/ui/error-state'
import { Split } from '@/components/ui/layout'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails, RunDetails } from '../api-types'
import { FoundCard } from './found-card'
import { BatchLink } from './run-card'
import { RunProblems } from './run-problems'
import { creditCount, runLook } from './run-text'
import { YieldTable } from './yield-table'

/** One run: its sum, what each source brought, its requests, its batch and what follows. */
export function RunPage({ campaign, runId, everyMs }: { campaign: CampaignDetails; runId: string; everyMs: number }) {
  const { timezone } = campaign
  const run = api.runs.get.useQuery({ runId }, { refetchInterval: everyMs })
  const back = (
    <ButtonLink icon={ArrowLeft} href={routes.campaign(campaign.id, { tab: 'runs' })}>
      All runs
    </ButtonLink>
  )
  if (run.error && !run.data) {
    return <ErrorState title={messageOf(run.error)} untouched="Nothing was changed." action={back} />
  }
  if (!run.data) {
    return (
      <Card>
        <SkeletonRows rows={6} label="Loading the run" />
      </Card>
    )
  }
  const { word, icon, tone } = runLook(run.data)
  const doubtful = run.data.inDoubt.reduce((sum, { people }) => sum + people, 0)
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        {back}
        <h2 className="font-semibold text-title">
          Run of <Time at={run.data.dueAt} zone={timezone} />
        </h2>
        <Chip icon={icon} tone={tone}>
          {word}
        </Chip>
      </div>
      <Split
        asideLabel="About this run"
        aside={
          <Card>
            <CardHeader title="About this run" aside={timezone} />
            <DefinitionList items={facts(run.data, campaign)} />
          </Card>
        }
      >
        <FoundCard totals={run.data.totals} />
        <Card>
          <CardHeader title="By source" aside={<SampleNote />} />
          <YieldTable caption="Yield by source" rows={run.data.sources} />
          <RunProblems run={run.data} people={doubtful} />
        </Card>
      </Split>
    </>
  )
}

const CALL_WORDS = {
  waiting: 'waiting',
  asked: 'on the way',
  answered: 'answered',
  failed: 'failed',
  in_doubt: 'in doubt',
  dropped: 'not needed any more',
} as const

function facts(run: RunDetails, { timezone, type }: CampaignDetails): Definition[] {
  const time = (at: Date | null, without: string) => (at ? <Time at={at} zone={timezone} zoneSaid /> : without)
  const calls = Object.entries(CALL_WORDS).flatMap(([status, words]) => {
    const count = run.calls.filter((call) => call.status === status).reduce((sum, one) => sum + one.calls, 0)
    return count > 0 ? [`${formatCount(count)} ${words}`] : []
  })
  return [
    { term: 'Batch', value: <BatchLink run={run} />, note: run.batch && formatOf(run.batch.leads, 'lead') },
    { term: 'Began', value: time(run.startedAt, 'not yet') },
    { term: 'Ended', value: time(run.finishedAt, 'not yet') },
    ...(run.missedRuns > 0
      ? [{ term: 'Stands for', value: formatOf(run.missedRuns + 1, 'run'), note: 'no worker was alive for the others' }]
      : []),
    ...(type === 'fully_automated' ? [outreachFact(run, time)] : []),
    { term: 'Calls', value: calls.join(', ') || 'none' },
    { term: 'HTTP requests', value: formatCount(run.totals.requests) },
    { term: 'Credits used', value: creditCount(run.totals.credits) },
  ]
}

function outreachFact(run: RunDetails, time: (at: Date | null, without: string) => React.ReactNode): Definition {
  if (run.plannedAt) return { term: 'Its emails', value: time(run.plannedAt, ''), note: 'were planned then' }
  if (run.outreachAt) return { term: 'Its emails', value: time(run.outreachAt, ''), note: 'will be planned then' }
  return { term: 'Its emails', value: 'none planned' }
}
