'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { formatCount } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import type { CampaignDetails, Progress } from '../../api-types'
import { nextEmailWords } from './next-text'

/** The next email, the last one, and the rate. */
export function NextCard({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const { next, expectedEnd, timezone, sentLastHour } = progress
  const { at, word, note } = nextEmailWords(campaign.status, next)
  const time = (moment: Date) => <Time at={moment} zone={timezone} zoneSaid />
  const items: Definition[] = [{ term: 'Next email', value: at ? time(at) : word, note }]
  if (expectedEnd && campaign.status === 'running') {
    items.push({
      term: 'Last email',
      value: expectedEnd > progress.asOf ? time(expectedEnd) : 'overdue',
      note: 'if nothing changes',
    })
  }
  if (campaign.status === 'completed' && campaign.completedAt) {
    items.push({ term: 'Ended', value: time(campaign.completedAt) })
  }
  items.push({ term: 'Sent in the last hour', value: formatCount(sentLastHour) })
  return (
    <Card>
      <CardHeader title="What happens next" aside={timezone} />
      <DefinitionList items={items} />
    </Card>
  )
}
