'use client'

import { CircleX, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { later } from '@/components/ui/later/later'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { CampaignDetails, Progress } from '../../api-types'
import { leadsWords, reasonWords } from '../../status/reason-text'

const dialog = later(() => import('../../dialogs/retry-dialog'))

/** Failed emails by reason, and the way to try them again. */
export function FailuresCard({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const [open, setOpen] = useState(false)
  const { failed } = progress.ledger
  return (
    <Card>
      <CardHeader
        icon={CircleX}
        iconTone="text-failed-ink"
        title={`${formatCount(failed)} failed`}
        aside={
          <TextLink quiet href={routes.campaignEmails(campaign.id, 'failed')}>
            Show
          </TextLink>
        }
      />
      <CardBody className="grid gap-3">
        <dl className="grid gap-2">
          {progress.failures.map(({ reason, count, lead }) => (
            <div key={reason} className="flex items-baseline justify-between gap-3">
              <dt className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">
                {reasonWords(reason)} <span className="text-ink-3">{leadsWords(lead, count)}</span>
              </dt>
              <dd className="shrink-0 font-medium">{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
        <div>
          <Button icon={RotateCw} onClick={() => setOpen(true)}>
            Retry {formatOf(failed, 'email')}
          </Button>
        </div>
      </CardBody>
      <LaterDialog part={dialog} open={open} onOpenChange={setOpen}>
        {({ RetryDialog }) => <RetryDialog campaign={campaign} count={failed} open={open} onOpenChange={setOpen} />}
      </LaterDialog>
    </Card>
  )
}
