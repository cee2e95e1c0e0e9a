'use client'

import { Hourglass } from 'lucide-react'
import { momentWords } from '@/components/time/time-text'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { formatCount } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { CampaignDetails, Progress } from '../../api-types'
import { reasonWords } from '../../status/reason-text'

/** Every waiting email, by what it waits for, and when the first of them may leave. */
export function WaitingCard({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  return (
    <Card>
      <CardHeader
        icon={Hourglass}
        title={`${formatCount(progress.ledger.pending)} waiting`}
        aside={
          <TextLink quiet href={routes.campaignEmails(campaign.id, 'pending')}>
            Show
          </TextLink>
        }
      />
      <CardBody>
        <dl className="grid gap-2">
          {progress.waiting.map(({ reason, count, until }) => (
            <div key={reason} className="flex items-baseline justify-between gap-3">
              <dt className="min-w-0 text-ink-2">
                {reasonWords(reason)}
                {until && (
                  <span className="block text-caption text-ink-3">
                    Not before {momentWords(until, campaign.timezone, progress.asOf)}
                  </span>
                )}
              </dt>
              <dd className="shrink-0 font-medium">{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  )
}
