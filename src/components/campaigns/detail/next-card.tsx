'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { formatCount } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import type { CampaignDetails, Progress } from '../api-types'

/** The next mail, the last one, and the rate. */
export function NextCard({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const { next, expectedEnd, timezone, sentLastHour } = progress
  const running = campaign.status === 'running'
  const over = campaign.status === 'completed'
  const nextAt = next && (next.decision.kind === 'defer' ? next.decision.until : next.at)
  return (
    <Card>
      <CardHeader title="What happens next" aside={timezone} />
      <DefinitionList
        items={[
          {
            term: 'Next mail',
            value:
              nextAt && !over ? (
                running ? (
                  <Time at={nextAt} zone={timezone} zoneSaid />
                ) : (
                  'after it is resumed'
                )
              ) : (
                'none'
              ),
            note: next && !over ? `step ${next.stepNumber} to ${next.leadName}` : undefined,
          },
          ...(expectedEnd && running
            ? [
                {
                  term: 'Last mail',
                  value: <Time at={expectedEnd} zone={timezone} zoneSaid />,
                  note: 'if nothing changes',
                },
              ]
            : []),
          ...(over && campaign.completedAt
            ? [{ term: 'Ended', value: <Time at={campaign.completedAt} zone={timezone} zoneSaid /> }]
            : []),
          { term: 'Sent in the last hour', value: formatCount(sentLastHour) },
        ]}
      />
    </Card>
  )
}
