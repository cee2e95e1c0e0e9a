import { SampleNote } from '@/components/lead-sources/sample-note'
import { Card, CardHeader } from '@/components/ui/card'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { Generation } from '../api-types'
import { FoundCard } from './found-card'
import { YieldTable } from './yield-table'

/** The half of a campaign that finds leads: its sum over all runs, and by source. */
export function GenerationCards({ campaignId, generation }: { campaignId: string; generation: Generation }) {
  const { totals, runs, bySource } = generation
  return (
    <>
      <FoundCard totals={totals} runs={runs} />
      {bySource.length > 0 && (
        <Card>
          <CardHeader
            title="By source"
            aside={
              <>
                <SampleNote />
                <TextLink quiet href={routes.campaign(campaignId, { tab: 'runs' })}>
                  All runs
                </TextLink>
              </>
            }
          />
          <YieldTable caption="Yield by source" rows={bySource} />
        </Card>
      )}
    </>
  )
}
