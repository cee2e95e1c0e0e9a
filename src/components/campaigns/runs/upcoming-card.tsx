import { Card, CardHeader } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/data/definition-list'
import { formatOf } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import type { Generation } from '../api-types'

/** Batches whose emails are not planned yet, with the time at which they will be. */
export function UpcomingCard({
  campaignId,
  zone,
  upcoming,
  asOf,
}: {
  campaignId: string
  zone: string
  upcoming: Generation['upcoming']
  asOf: Date
}) {
  return (
    <Card>
      <CardHeader title="Outreach to come" aside={zone} />
      <DefinitionList
        items={upcoming.map(({ runId, batchName, leads, outreachAt }) => ({
          term: (
            <TextLink href={routes.campaign(campaignId, { tab: 'runs', run: runId })} className="text-ink">
              {batchName}
            </TextLink>
          ),
          value: outreachAt <= asOf ? 'being planned' : <Time at={outreachAt} zone={zone} zoneSaid />,
          note: formatOf(leads, 'lead'),
        }))}
      />
    </Card>
  )
}
