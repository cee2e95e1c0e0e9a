'use client'

import { ButtonLink } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { formatOf } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails, ListedChange } from '../api-types'

/** What was changed since the campaign began: by whom, what it did, and the sequence before; each can be undone by a new proposal. */
export function ChangesCard({ campaign: { id: campaignId, timezone, status } }: { campaign: CampaignDetails }) {
  const { data, error } = api.campaigns.listChanges.useQuery({ campaignId })
  if (error) return <ErrorState title={messageOf(error)} />
  if (!data || data.length === 0) return null
  const mayChange = status === 'running' || status === 'paused'
  return (
    <Card aria-labelledby="changes">
      <CardHeader id="changes" title="Changes" aside={`version ${data[0]?.version}`} />
      <ol aria-label="Changes" className="divide-y text-control">
        {data.map((change) => (
          <li key={change.version} className="grid gap-1.5 px-[18px] py-3">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">
                Version {change.version}
                {change.undoes !== null && `, undoes version ${change.undoes}`}
                {change.undoneBy !== null && `, undone by version ${change.undoneBy}`}
              </span>
              <span className="text-caption text-ink-3">
                <Time at={change.at} zone={timezone} zoneSaid /> by {change.by}
              </span>
              {mayChange && change.undoneBy === null && (
                <ButtonLink
                  size="sm"
                  className="ml-auto"
                  aria-label={`Undo version ${change.version}`}
                  href={routes.changeCampaign(campaignId, { undo: change.version })}
                >
                  Undo
                </ButtonLink>
              )}
            </div>
            <p className="text-ink-2 [overflow-wrap:anywhere]">{[...partsOf(change), change.effect].join('; ')}</p>
            {change.steps && (
              <p className="text-caption text-ink-3 [overflow-wrap:anywhere]">
                Before: {sequenceWords(change.steps.before)}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function partsOf({ leadsTakenOut, leadsPutBack, batchesAdded, mailboxesAdded }: ListedChange): string[] {
  const part = (count: number, noun: string, what: string) => (count > 0 ? [`${formatOf(count, noun)} ${what}`] : [])
  return [
    ...part(leadsTakenOut, 'lead', 'taken out'),
    ...part(leadsPutBack, 'lead', 'put back'),
    ...(batchesAdded > 0 ? [`${formatOf(batchesAdded, 'batch', 'batches')} added`] : []),
    ...(mailboxesAdded > 0 ? [`${formatOf(mailboxesAdded, 'mailbox', 'mailboxes')} added`] : []),
  ]
}

const sequenceWords = (steps: NonNullable<ListedChange['steps']>['before']) =>
  steps
    .map(({ templateName, daysAfterPrevious }, i) =>
      i === 0 ? templateName : `after ${formatOf(daysAfterPrevious, 'day')} ${templateName}`,
    )
    .join(', ')
