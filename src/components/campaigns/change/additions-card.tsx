'use client'

import { useBatchChoices } from '@/components/lists/use-choices'
import { windowWords } from '@/components/time/time-text'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { limitWords } from '../editor/draft/pace'
import { ChoiceList } from '../editor/steps/choice-list'
import type { ChangeValues } from './change-values'

type Part = { campaign: CampaignDetails; values: ChangeValues; onChange: (change: Partial<ChangeValues>) => void }

/** Batches whose leads are planned from now on. */
export function BatchesCard({ campaign, values, onChange }: Part) {
  const batches = useBatchChoices([...values.batchIds, ...campaign.batchIds])
  const isOwn = (id: string) => campaign.batchIds.includes(id)
  const { rows } = batches
  return (
    <Card aria-labelledby="change-batches">
      <CardHeader id="change-batches" title="Batches to add" />
      {batches.error ? (
        <ErrorState title={messageOf(batches.error)} className="m-4" />
      ) : !rows ? (
        <SkeletonRows rows={3} label="Loading batches" />
      ) : rows.length === 0 ? (
        <CardBody className="text-ink-2">There is no batch.</CardBody>
      ) : (
        <>
          <CardBody className="pb-2 text-ink-2">
            Their leads are planned from now on, except those already in the campaign.
          </CardBody>
          <div className="max-h-72 overflow-y-auto border-t">
            <ChoiceList
              label="Batches to add"
              chosen={values.batchIds}
              onChange={(batchIds) => onChange({ batchIds })}
              choices={rows.map(({ id, name, leadCount, activeCampaign }) => ({
                ...{ id, label: name },
                note: isOwn(id)
                  ? 'already in this campaign: adds the leads that have joined it since'
                  : activeCampaign
                    ? `in use by “${activeCampaign.name}”`
                    : formatOf(leadCount, 'lead'),
              }))}
            />
          </div>
        </>
      )}
    </Card>
  )
}

/** Mailboxes that share the leads who come from now on. */
export function MailboxesCard({ campaign, values, onChange }: Part) {
  const { data, error } = api.mailboxes.list.useQuery()
  const rows = data?.filter(({ id }) => !campaign.mailboxes.some((own) => own.id === id))
  if (rows?.length === 0) return null
  return (
    <Card aria-labelledby="change-mailboxes">
      <CardHeader id="change-mailboxes" title="Mailboxes to add" />
      <CardBody className="pb-2 text-ink-2">
        They share the leads that are added from now on. Each lead stays with the mailbox that it hears from.
      </CardBody>
      {error && !rows ? (
        <ErrorState title={messageOf(error)} className="m-4" />
      ) : !rows ? (
        <SkeletonRows rows={2} label="Loading mailboxes" />
      ) : (
        <div className="border-t">
          <ChoiceList
            label="Mailboxes to add"
            chosen={values.mailboxIds}
            onChange={(mailboxIds) => onChange({ mailboxIds })}
            choices={rows.map((mailbox) => ({
              id: mailbox.id,
              label: mailbox.fromEmail,
              note: `${mailbox.name} · ${limitWords(mailbox)} · ${windowWords(mailbox)} ${mailbox.timezone}`,
            }))}
          />
        </div>
      )}
    </Card>
  )
}
