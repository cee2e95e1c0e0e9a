'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { BellOff } from 'lucide-react'
import { useQueryState } from 'nuqs'
import { useZone } from '@/components/hooks/use-zone'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card, CardFooter } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { NotificationItem } from './notification-item'

/** What a person was told of, the newest first. */
export function NotificationsPage() {
  const [before] = useQueryState('before')
  const utils = api.useUtils()
  const zone = useZone()
  const list = api.notifications.list.useQuery(before ? { before } : {}, { placeholderData: keepPreviousData })
  const mark = api.notifications.markRead.useMutation({
    onError: (error) => notifyFailed(messageOf(error)),
    onSettled: () => utils.notifications.invalidate(),
  })
  const rows = list.data?.rows
  const newest = rows?.[0]
  return (
    <>
      <PageHeader
        title="Notifications"
        sub={
          <>
            Replies, mailboxes that stop, campaigns that end, and too many bounces. They are kept for 60 days.{' '}
            <TextLink href={routes.notificationChoices} prefetch={false}>
              Notification settings
            </TextLink>
          </>
        }
        actions={
          <Button
            disabled={!newest || before !== null || !rows?.some(({ isRead }) => !isRead)}
            pending={mark.isPending}
            onClick={() => newest && mark.mutate({ upTo: newest.id })}
          >
            Mark all as read
          </Button>
        }
      />
      {list.error && !rows ? (
        <ErrorState
          title={messageOf(list.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => list.refetch()}>Try again</Button>}
        />
      ) : (
        <Card aria-label="Notifications">
          {!rows ? (
            <SkeletonRows rows={6} label="Loading the notifications" />
          ) : rows.length === 0 ? (
            <EmptyState icon={BellOff} title={before ? 'There is nothing older.' : 'Nothing has happened yet.'}>
              You are told when a lead replies, a mailbox stops, a campaign ends, or too many emails bounce.
            </EmptyState>
          ) : (
            <ol className="divide-y text-control">
              {rows.map((row) => (
                <NotificationItem key={row.id} row={row} zone={zone} onOpen={() => mark.mutate({ id: row.id })} />
              ))}
            </ol>
          )}
          {(before || list.data?.next) && (
            <CardFooter>
              {before && <ButtonLink href={routes.notifications()}>Newest</ButtonLink>}
              {list.data?.next && (
                <ButtonLink href={routes.notifications({ before: list.data.next })}>Older</ButtonLink>
              )}
            </CardFooter>
          )}
        </Card>
      )}
    </>
  )
}
