'use client'

import { CircleX, Mail, TriangleAlert } from 'lucide-react'
import { zonedWindowWords } from '@/components/time/time-text'
import { ButtonLink } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { Mailbox } from '../../api-types'
import { limitWords } from '../draft/pace'
import type { Draft } from '../draft/use-draft'
import { ChoiceList } from './choice-list'
import { ScheduleCard } from './schedule-card'
import { DailyLimitField } from './schedule-fields'

/** From where, and how much a day; for outreach also when. */
export function MailboxesStep({
  type,
  draft,
  start,
  onStartChange,
}: {
  type: CampaignType
  draft: Draft
  start: string | null
  onStartChange: (start: string | null) => void
}) {
  const { values, change } = draft
  const mailboxes = api.mailboxes.list.useQuery()
  const first = mailboxes.data?.[0]
  const chosen = sendingMailboxes(mailboxes.data ?? [], values.mailboxIds).map(({ id }) => id)
  return (
    <Stack className="max-w-[720px]">
      <Card>
        <CardHeader title="Mailboxes" />
        {mailboxes.error && !mailboxes.data ? (
          <ErrorState title={messageOf(mailboxes.error)} className="m-4" />
        ) : !mailboxes.data ? (
          <SkeletonRows rows={2} label="Loading mailboxes" />
        ) : !first ? (
          <EmptyState
            icon={Mail}
            title="No mailbox yet."
            action={<ButtonLink href={routes.mailboxes}>Connect a mailbox</ButtonLink>}
          >
            A campaign needs at least one to send from.
          </EmptyState>
        ) : (
          <>
            <CardBody className="pb-2 text-ink-2">
              {chosen.length === 1
                ? 'All emails go out from this one. Tick more, and leads are shared out among them.'
                : 'Leads are shared out among them by what each sends per day; each lead hears from the same one all the way.'}
            </CardBody>
            <div className="border-t">
              <ChoiceList
                label="Mailboxes"
                chosen={chosen}
                // At least one sends: the last tick stays.
                onChange={(mailboxIds) => mailboxIds.length > 0 && change({ mailboxIds })}
                choices={mailboxes.data.map((mailbox) => ({
                  id: mailbox.id,
                  label: mailbox.fromEmail,
                  note: `${mailbox.name} · ${limitWords(mailbox)} · ${zonedWindowWords(mailbox)}`,
                  mark: mailbox.health !== 'ready' && <Problem mailbox={mailbox} />,
                }))}
              />
            </div>
          </>
        )}
      </Card>
      {type === 'outreach' ? (
        <ScheduleCard draft={draft} start={start} onStartChange={onStartChange} />
      ) : (
        <Card>
          <CardBody className="pt-4">
            <DailyLimitField draft={draft} />
          </CardBody>
        </Card>
      )}
    </Stack>
  )
}

function Problem({ mailbox }: { mailbox: Mailbox }) {
  const stopped = mailbox.health === 'stopped'
  const Icon = stopped ? CircleX : TriangleAlert
  return (
    <span className="inline-flex items-start gap-1" title={mailbox.healthReason ?? undefined}>
      <Icon aria-hidden className={`mt-px size-3.5 shrink-0 ${stopped ? 'text-failed-ink' : 'text-held-ink'}`} />
      <span className="text-ink-2 [overflow-wrap:anywhere]">
        {stopped ? 'Stopped' : 'Cooling down'}
        {mailbox.healthReason && `: ${mailbox.healthReason}`}
      </span>
    </span>
  )
}
