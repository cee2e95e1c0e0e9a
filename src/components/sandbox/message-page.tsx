'use client'

import { useQueryStates } from 'nuqs'
import { useZone } from '@/components/hooks/use-zone'
import { HtmlView, TextView } from '@/components/messages/body-views'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { AnswerCard } from './answer-card'
import type { Message } from './api-types'
import { HeadersView, SourceView } from './message-views'
import { MESSAGE_VIEWS, type MessageView, messageParsers } from './sandbox-search-params'

const CRUMBS = [{ label: 'Sandbox', href: routes.sandbox() }]
const LABELS: Record<MessageView, string> = { text: 'Text', html: 'HTML', headers: 'Headers', source: 'Source' }

/** One email as it was received: what the reader sees, and everything the mail program sees. */
export function MessagePage({ id }: { id: string }) {
  const message = api.sandbox.get.useQuery({ id }, { staleTime: Number.POSITIVE_INFINITY })
  const zone = useZone()
  if (message.error) {
    return (
      <>
        <PageHeader crumbs={CRUMBS} title="Email" />
        <ErrorState
          title={messageOf(message.error)}
          untouched="No email was changed."
          action={<ButtonLink href={routes.sandbox()}>Go to the sandbox</ButtonLink>}
        />
      </>
    )
  }
  if (!message.data) {
    return (
      <>
        <PageHeader crumbs={CRUMBS} title="Email" />
        <Card>
          <SkeletonRows rows={4} label="Loading the email" />
        </Card>
      </>
    )
  }
  return <Shown message={message.data} zone={zone} />
}

function Shown({ message, zone }: { message: Message; zone: string }) {
  const [address] = useQueryStates(messageParsers)
  const first: MessageView = message.text === null && message.html !== null ? 'html' : 'text'
  const view = address.view ?? first
  const href = (one: MessageView) => routes.message(message.id, { view: one === first ? null : one })
  return (
    <>
      <PageHeader crumbs={CRUMBS} title={message.subject || 'No subject'} />
      <Stack className="max-w-[860px]">
        <Card>
          <dl className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-[18px] py-3.5 text-control [overflow-wrap:anywhere]">
            <dt className="text-ink-2">From</dt>
            <dd className="font-medium">{header(message, 'from') ?? message.fromEmail}</dd>
            <dt className="text-ink-2">To</dt>
            <dd className="font-medium">{header(message, 'to') ?? message.toEmail}</dd>
            <dt className="text-ink-2">Received</dt>
            <dd>
              <Time at={message.receivedAt} zone={zone} />
            </dd>
          </dl>
        </Card>
        <AnswerCard id={message.id} zone={zone} />
        <div>
          <Tabs
            label="Sides of this email"
            current={href(view)}
            tabs={MESSAGE_VIEWS.map((one) => ({ label: LABELS[one], href: href(one) }))}
            className="mb-4"
          />
          <Card className="overflow-hidden">
            <View message={message} view={view} />
          </Card>
        </div>
      </Stack>
    </>
  )
}

function View({ message, view }: { message: Message; view: MessageView }) {
  if (view === 'headers') return <HeadersView headers={message.headers} />
  if (view === 'source') return <SourceView source={message.source} />
  if (view === 'html') {
    if (message.html === null) return <EmptyState title="This email has no HTML side." />
    return <HtmlView html={message.html} />
  }
  if (message.text === null) return <EmptyState title="This email has no text side." />
  return <TextView text={message.text} />
}

const header = ({ headers }: Message, name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value
