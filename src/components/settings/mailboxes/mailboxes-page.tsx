'use client'

import { Mail, Plus } from 'lucide-react'
import { shownColumns } from '@/components/lists/columns/list-columns'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ListTools } from '@/components/lists/list-tools'
import { useHealth } from '@/components/shell/health'
import { useMayManage } from '@/components/shell/user'
import { zonedWindowWords } from '@/components/time/time-text'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import type { Mailbox } from '../api-types'
import { MailboxHealth, ReadingState, SandboxBadge } from './mailbox-chips'
import { MAILBOX_COLUMNS } from './mailbox-columns'
import { paceWords, usedWords } from './mailbox-text'
import { OauthClientsCard } from './oauth-clients-card'

/** The accounts that email is sent from, and how each of them is. */
export function MailboxesPage() {
  const mailboxes = api.mailboxes.list.useQuery(undefined, { refetchInterval: 10_000 })
  const sandbox = useHealth().data?.mode === 'sandbox'
  const mayManage = useMayManage()
  const choice = useListColumns(MAILBOX_COLUMNS)
  if (mailboxes.error && !mailboxes.data) {
    return (
      <ErrorState
        title={messageOf(mailboxes.error)}
        untouched="Nothing was changed, and emails go on as planned."
        action={<Button onClick={() => mailboxes.refetch()}>Try again</Button>}
      />
    )
  }
  const tools = <ListTools choice={choice} views="mailboxes" />
  return (
    <Stack>
      {mayManage ? (
        <div className="flex flex-wrap items-center gap-2">
          <p className="text-control text-ink-2">Campaigns send from these accounts, each within its own limits.</p>
          {tools}
          <ButtonLink variant="primary" icon={Plus} href={routes.newMailbox} prefetch={false}>
            New mailbox
          </ButtonLink>
        </div>
      ) : (
        <>
          <AdminOnly>You see here how the mailboxes are and what they may send.</AdminOnly>
          <div className="flex">{tools}</div>
        </>
      )}
      <Card>
        {mailboxes.data ? (
          <DataTable
            caption="Mailboxes"
            columns={shownColumns(MAILBOX_COLUMNS, columns(sandbox), choice.shown)}
            rows={mailboxes.data}
            rowKey={({ id }) => id}
            {...(mayManage ? { rowHref: ({ id }: Mailbox) => routes.mailbox(id) } : {})}
            empty={
              <EmptyState
                icon={Mail}
                title="No mailbox yet."
                action={
                  mayManage && (
                    <ButtonLink href={routes.newMailbox} prefetch={false}>
                      New mailbox
                    </ButtonLink>
                  )
                }
              >
                Campaigns need at least one to send from.
              </EmptyState>
            }
          />
        ) : (
          <SkeletonRows rows={2} label="Loading mailboxes" />
        )}
      </Card>
      {mayManage && <OauthClientsCard />}
    </Stack>
  )
}

const limitNote = ({ dailyLimit, limitToday }: Mailbox) => {
  if (limitToday === null) return 'no daily limit'
  return dailyLimit === limitToday ? 'of its daily limit' : 'of today’s limit: it ramps up'
}

const columns = (sandbox: boolean): Column<Mailbox>[] => [
  {
    key: 'from',
    header: 'Mailbox',
    cell: (mailbox) => (
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0">
          <Cell note={`${mailbox.name} · ${mailbox.fromName}`}>
            <span className="[overflow-wrap:anywhere]">{mailbox.fromEmail}</span>
          </Cell>
        </span>
        {sandbox && <SandboxBadge kind={mailbox.kind} />}
      </span>
    ),
  },
  {
    key: 'health',
    header: 'Health',
    align: 'left',
    card: 'full',
    className: 'sm:max-w-[300px]',
    cell: (mailbox) => <MailboxHealth mailbox={mailbox} />,
  },
  {
    key: 'answers',
    header: 'Answers',
    align: 'left',
    card: 'full',
    className: 'sm:max-w-[300px]',
    cell: (mailbox) => <ReadingState mailbox={mailbox} />,
  },
  {
    key: 'today',
    header: 'Sent today',
    cell: (mailbox) => (
      <Cell note={limitNote(mailbox)} zero={mailbox.sentToday === 0}>
        {usedWords(mailbox)}
      </Cell>
    ),
  },
  {
    key: 'window',
    header: 'Sending window',
    cell: (mailbox) => (
      <Cell note={paceWords(mailbox)}>
        <span className="inline-block first-letter:uppercase">{zonedWindowWords(mailbox)}</span>
      </Cell>
    ),
  },
]
