'use client'

import { CircleCheck, CircleX, PlugZap } from 'lucide-react'
import { useHealth } from '@/components/shell/health'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/data/progress-bar'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { Skeleton } from '@/components/ui/skeleton'
import { capacityOf } from '@/domain/campaign/daily-capacity'
import type { TestPart } from '@/domain/mailbox/mailbox-checks'
import { api, messageOf } from '@/trpc/react'
import type { Mailbox } from '../api-types'
import { MailboxChecks } from './check-list'
import { CopiesState } from './copies/copies-state'
import { MailboxHealth, ReadingState } from './mailbox-chips'
import { placeWords, rampWords } from './mailbox-text'

const records = later(() => import('./records-card'))
const replies = later(() => import('./replies-card'))

const PARTS = [
  ['smtp', 'Signing in to send'],
  ['from', 'Sender address'],
  ['imap', 'Signing in to read'],
  ['folders', 'Folders'],
  ['round_trip', 'Round trip'],
] as const satisfies readonly (readonly [TestPart, string])[]

/** How the mailbox is, what it sent today, and a test in five parts. */
export function ConnectionCard({ mailbox, unsaved }: { mailbox: Mailbox; unsaved: boolean }) {
  const { perDay } = capacityOf({ ...mailbox, dailyLimit: mailbox.limitToday })
  const ramp = rampWords(mailbox)
  return (
    <>
      <Card>
        <CardHeader title="Health" />
        <CardBody className="grid gap-4">
          <MailboxHealth mailbox={mailbox} full />
          <ProgressBar
            label="Sent today"
            value={mailbox.sentToday}
            max={perDay}
            {...(perDay === null ? { note: `${mailbox.sentToday}, no limit` } : {})}
          />
          {ramp && <p className="text-caption text-ink-2">{ramp}</p>}
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Answers" />
        <CardBody className="grid gap-3">
          <ReadingState mailbox={mailbox} full />
          <CopiesState mailbox={mailbox} />
        </CardBody>
      </Card>
      {mailbox.replies.written > 0 && (
        <Deferred part={replies} waiting={<Skeleton className="h-24 rounded-card" />}>
          {({ RepliesCard }) => <RepliesCard mailbox={mailbox} />}
        </Deferred>
      )}
      <TestCard mailbox={mailbox} unsaved={unsaved} />
      {mailbox.goesOut && (
        <Deferred part={records} waiting={<Skeleton className="h-32 rounded-card" />}>
          {({ RecordsCard }) => <RecordsCard mailbox={mailbox} unsaved={unsaved} />}
        </Deferred>
      )}
    </>
  )
}

function TestCard({ mailbox, unsaved }: { mailbox: Mailbox; unsaved: boolean }) {
  const sandbox = useHealth().data?.mode === 'sandbox'
  const utils = api.useUtils()
  const test = api.mailboxes.test.useMutation()
  // Each part is shown as soon as it is there.
  api.mailboxes.list.useQuery(undefined, { enabled: test.isPending, refetchInterval: 1_500 })
  return (
    <Card>
      <CardHeader title="Connection" aside={placeWords(mailbox, sandbox).name} />
      <CardBody className="grid justify-items-start gap-3">
        <p className="text-ink-2">
          {unsaved ? 'Save first: the test uses what is saved, not what is typed.' : testWords(mailbox)}
        </p>
        <Button
          icon={PlugZap}
          disabled={unsaved}
          pending={test.isPending}
          onClick={() => test.mutate({ mailboxId: mailbox.id }, { onSettled: () => utils.mailboxes.invalidate() })}
        >
          {test.isPending ? 'Testing the connection' : 'Test connection'}
        </Button>
        <div aria-live="polite" className="w-full">
          {!test.isPending && test.data && <Answer ok={test.data.ok}>{test.data.message}</Answer>}
          {test.error && <Answer ok={false}>{messageOf(test.error)}</Answer>}
        </div>
        <MailboxChecks mailbox={mailbox} names={mailbox.goesOut ? PARTS : PARTS.slice(0, 1)} />
      </CardBody>
    </Card>
  )
}

function testWords({ goesOut, reader }: Mailbox): string {
  if (!goesOut) return 'Connects and logs in for real, and sends nothing.'
  return reader
    ? 'Signs in for real, sends one email from the mailbox to itself, and looks for it. That can take a minute.'
    : 'Signs in for real, and sends one email from the mailbox to itself.'
}

function Answer({ ok, children }: { ok: boolean; children: string }) {
  const Icon = ok ? CircleCheck : CircleX
  return (
    <p className="flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ok ? 'text-sent-ink' : 'text-failed-ink'}`} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="sr-only">{ok ? 'It works: ' : 'It does not work: '}</span>
        {children}
      </span>
    </p>
  )
}
