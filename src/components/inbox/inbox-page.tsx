'use client'

import { Inbox as InboxIcon, MessagesSquare, SearchX } from 'lucide-react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { useZone } from '@/components/hooks/use-zone'
import { SearchedNewest } from '@/components/lists/searched-newest'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/class-names'
import { PlaceLinks } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { messageOf } from '@/trpc/react'
import { ConversationList, goIntoConversation } from './conversation-list'
import { InboxFilters } from './inbox-filters'
import { NOTHING_IN } from './inbox-text'
import { NothingRead } from './nothing-read'
import { type Inbox, useInbox } from './use-inbox'

const conversation = later(() => import('./conversation-view'))

/** What leads have answered: the list on the left, the open conversation on the right; on a narrow screen one after the other. */
export function InboxPage() {
  const inbox = useInbox()
  const { counts, openId } = inbox
  const goOn = (step: 1 | -1) => () => {
    const next = inbox.beside(step)
    if (next !== null) inbox.open(next)
  }
  useBareKeys({ j: goOn(1), k: goOn(-1), Enter: goIntoConversation })
  const unread = counts.data?.counts === null ? counts.data.reading : null
  return (
    <>
      {/* On a narrow screen an open conversation has all of it; the page keeps its heading. */}
      <div className={cn(openId && 'sr-only lg:not-sr-only')}>
        <PageHeader title="Inbox" />
      </div>
      {!unread && (
        <div className={cn(openId && 'hidden lg:block')}>
          <InboxFilters inbox={inbox} />
        </div>
      )}
      {unread ? (
        <NothingRead reading={unread} />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[300px_minmax(0,1fr)]">
          <div className={cn('min-w-0 lg:sticky lg:top-5', openId && 'hidden lg:block')}>
            <ListCard inbox={inbox} />
          </div>
          {openId ? (
            <Deferred
              part={conversation}
              waiting={
                <Card>
                  <SkeletonRows rows={4} label="Loading the conversation" />
                </Card>
              }
            >
              {({ ConversationView }) => <ConversationView key={openId} id={openId} inbox={inbox} />}
            </Deferred>
          ) : (
            <Card className="hidden lg:block">
              <EmptyState icon={MessagesSquare} title="No conversation is open.">
                Choose one from the list, or press J.
              </EmptyState>
            </Card>
          )}
        </div>
      )}
    </>
  )
}

function ListCard({ inbox }: { inbox: Inbox }) {
  const { list, rows, openId, hrefOf, address, setAddress, isFiltered, choice } = inbox
  const zone = useZone()
  if (list.error && !list.data)
    return (
      <ErrorState
        title={messageOf(list.error)}
        untouched="No message is lost."
        action={<Button onClick={() => list.refetch()}>Try again</Button>}
      />
    )
  const isEmpty = list.data && rows.length === 0
  const { title, what } = NOTHING_IN[address.scope]
  return (
    <Card
      className={cn(
        'lg:max-h-[calc(100dvh-40px)] lg:overflow-y-auto',
        list.isPlaceholderData && 'opacity-70 transition-opacity',
      )}
    >
      {!list.data ? (
        <SkeletonRows rows={6} label="Loading the conversations" />
      ) : isEmpty && isFiltered ? (
        <EmptyState
          icon={SearchX}
          title="No conversation matches."
          action={
            <Button
              onClick={() =>
                setAddress({ mailbox: null, campaign: null, person: null, search: null, after: null, before: null })
              }
            >
              Show all
            </Button>
          }
        />
      ) : isEmpty ? (
        <EmptyState icon={InboxIcon} title={title}>
          {what}
        </EmptyState>
      ) : (
        <ConversationList rows={rows} openId={openId} hrefOf={hrefOf} zone={zone} keys={choice.shown} />
      )}
      {list.data && (list.data.previous || list.data.next) && (
        <nav aria-label="Pages" className="flex justify-end border-t px-3.5 py-2.5">
          <PlaceLinks
            page={list.data}
            words={['Later', 'Earlier']}
            href={({ after = null, before = null }) => hrefOf({ after, before })}
          />
        </nav>
      )}
      {list.data && list.data.searchedNewest !== null && (
        <p className="border-t px-3.5 py-2">
          <SearchedNewest many="conversations" newest={list.data.searchedNewest} />
        </p>
      )}
    </Card>
  )
}
