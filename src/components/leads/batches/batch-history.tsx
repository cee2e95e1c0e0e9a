import Link from 'next/link'
import { CampaignStatusChip } from '@/components/campaigns/status/campaign-status'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { routes } from '@/routes'
import type { BatchDetails } from '../api-types'

type Use = BatchDetails['campaignHistory'][number]

/** The campaigns that use a batch or used it, the latest first. */
export function BatchHistory({ uses }: { uses: readonly Use[] }) {
  return (
    <Card aria-labelledby="history">
      <CardHeader id="history" title="Campaigns" />
      <CardBody>
        {uses.length === 0 ? (
          <p className="text-ink-3">No campaign has used this batch.</p>
        ) : (
          <ol className="grid gap-3">
            {uses.map((use) => (
              <li key={use.campaignId} className="grid gap-0.5">
                <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                  <Link
                    href={routes.campaign(use.campaignId)}
                    className="min-w-0 rounded-small font-medium text-accent [overflow-wrap:anywhere] hover:underline"
                  >
                    {use.name}
                  </Link>
                  <CampaignStatusChip campaign={{ status: use.status, statusReason: null }} />
                </span>
                <span className="text-caption text-ink-3">
                  <When use={use} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </CardBody>
    </Card>
  )
}

function When({ use: { startedAt, completedAt } }: { use: Use }) {
  if (!startedAt) return <>Chosen, not started</>
  return (
    <>
      Started <OwnTimeAgo at={startedAt} everyMs={60_000} />
      {completedAt ? (
        <>
          , released <OwnTimeAgo at={completedAt} everyMs={60_000} />
        </>
      ) : (
        ', holds the batch now'
      )}
    </>
  )
}
