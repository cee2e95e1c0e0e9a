'use client'

import { Card, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { formatCount } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import type { CampaignDetails, Progress } from '../../api-types'
import { useWhy } from '../why/use-why'
import { lastEmailWords, nextEmailWords } from './next-text'

// The time of the next email stands in its row, whatever the reason for it.
const ON_ITS_WAY = { tone: 'info', fact: '' } as const

/** The next email, the last one, and the rate. */
export function NextCard({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const { next, timezone, sentLastHour } = progress
  const why = useWhy(campaign, progress) ?? ON_ITS_WAY
  const { at, word, note } = nextEmailWords(campaign.status, next, why)
  const time = (moment: Date) => <Time at={moment} zone={timezone} zoneSaid />
  const items: Definition[] = [{ term: 'Next email', value: at ? time(at) : word, note }]
  const last = campaign.status === 'running' ? lastEmailWords(progress, why) : null
  if (last) {
    const term = campaign.type === 'fully_automated' ? 'Last email of this run' : 'Last email'
    items.push({ term, value: last.at ? time(last.at) : last.word, note: last.note })
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
