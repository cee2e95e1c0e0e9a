'use client'

import type { ReactNode } from 'react'
import { windowWords } from '@/components/time/time-text'
import { Card, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { Stack } from '@/components/ui/layout'
import { formatOf } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { limitWords } from '../editor/draft/pace'
import { SequenceSteps } from '../editor/sequence/sequence-steps'
import { GenerationSettings } from '../runs/generation-settings'
import { ChangesCard } from './changes-card'

/** The settings that this campaign is planned by, and what was changed of them since its start. */
export function SettingsTab({ campaign }: { campaign: CampaignDetails }) {
  return (
    <Stack className="max-w-[720px]">
      <p className="text-control text-ink-2">{FIXED[campaign.type]}</p>
      {campaign.type !== 'outreach' && <GenerationSettings campaign={campaign} />}
      {campaign.type !== 'lead_generation' && <OutreachSettings campaign={campaign} />}
      {campaign.type !== 'lead_generation' && <ChangesCard campaign={campaign} />}
      <Card>
        <CardHeader title="Schedule" />
        <DefinitionList items={scheduleLines(campaign)} />
      </Card>
    </Stack>
  )
}

const FIXED: Record<CampaignType, string> = {
  outreach:
    'Sequence, leads, batches and mailboxes can be changed while the campaign runs or is paused: Change shows first what would happen.',
  lead_generation:
    'Sources, criteria and schedule are fixed once a campaign has left the draft. To look for something else, duplicate it. Until when its runs come can be changed under Progress.',
  fully_automated:
    'Sequence, leads and mailboxes can be changed while the campaign runs or is paused: Change shows first what would happen. Sources, criteria and schedule are fixed; until when its runs come can be changed under Progress.',
}

function OutreachSettings({ campaign }: { campaign: CampaignDetails }) {
  const { workflow, emailTemplate, useWorkflow, changedFrom } = campaign
  const source = useWorkflow
    ? workflow && { name: workflow.name, href: routes.workflow(workflow.id) }
    : emailTemplate && { name: emailTemplate.name, href: routes.template(emailTemplate.id) }
  return (
    <>
      <Card>
        <CardHeader
          title="Sequence"
          aside={
            source ? (
              <TextLink quiet href={source.href}>
                {source.name}
              </TextLink>
            ) : (
              changedFrom !== null && `${changedFrom || 'Own emails'}, changed`
            )
          }
        />
        <SequenceSteps steps={campaign.steps} />
        <DefinitionList
          items={[
            {
              term: 'After a reply',
              value: afterReply(campaign),
            },
            {
              term: 'Leads emailed before',
              value: campaign.leaveOutMailedBefore ? 'are left out' : 'are emailed, too',
            },
          ]}
        />
      </Card>
      {campaign.batches.length > 0 && (
        <Card>
          <CardHeader title="Batches" aside={campaign.timezone} />
          <DefinitionList items={campaign.batches.map((batch) => batchLine(batch, campaign.timezone))} />
        </Card>
      )}
      <Mailboxes campaign={campaign} />
    </>
  )
}

function batchLine({ name, startedAt, completedAt }: CampaignDetails['batches'][number], zone: string): Definition {
  if (!startedAt) return { term: name, value: 'not taken yet' }
  const since = <Time at={startedAt} zone={zone} zoneSaid />
  if (!completedAt) return { term: name, value: <>held since {since}</> }
  return {
    term: name,
    value: (
      <>
        {since} to <Time at={completedAt} zone={zone} zoneSaid />
      </>
    ),
    note: 'free again',
  }
}

function Mailboxes({ campaign }: { campaign: CampaignDetails }) {
  const { data } = api.mailboxes.list.useQuery()
  return (
    <Card>
      <CardHeader title="Mailboxes" />
      <DefinitionList
        items={
          campaign.mailboxes.length === 0
            ? [{ term: 'The first mailbox', value: 'chosen at the start' }]
            : campaign.mailboxes.map(({ id, name, fromEmail }): Definition => {
                const box = data?.find((one) => one.id === id)
                return {
                  term: name,
                  value: fromEmail,
                  note: box && `${limitWords(box)} · ${windowWords(box)} ${box.timezone}`,
                }
              })
        }
      />
    </Card>
  )
}

function scheduleLines(campaign: CampaignDetails): Definition[] {
  const {
    type,
    timezone,
    dailyLimit,
    createdAt,
    scheduledStartAt,
    actualStartedAt,
    pausedAt,
    resumedAt,
    completedAt,
    failedAt,
  } = campaign
  const moment = (term: string, at: Date | null): Definition[] => (at ? [{ term, value: time(at, timezone) }] : [])
  return [
    { term: 'Time zone', value: timezone },
    ...(type === 'lead_generation'
      ? []
      : [
          { term: 'Own daily limit', value: dailyLimit === null ? 'none' : `${formatOf(dailyLimit, 'email')} per day` },
        ]),
    ...moment('Created', createdAt),
    ...moment('Planned start', scheduledStartAt),
    ...moment('Started', actualStartedAt),
    ...moment('Last paused', pausedAt),
    ...moment('Last resumed', resumedAt),
    ...moment('Failed', failedAt),
    ...moment('Ended', completedAt),
  ]
}

function afterReply({ continueAfterReply, stopSameCompany }: CampaignDetails): string {
  if (continueAfterReply) return 'the sequence goes on'
  return stopSameCompany ? 'the sequences of all leads at that company end' : 'the sequence ends'
}

const time = (at: Date, zone: string): ReactNode => <Time at={at} zone={zone} />
