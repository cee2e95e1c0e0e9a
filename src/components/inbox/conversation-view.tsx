'use client'

import { ChevronLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { areMoving } from '@/components/replies/reply-text'
import { useMayWrite } from '@/components/shell/user'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { SkeletonRows } from '@/components/ui/skeleton'
import { correspondentWords } from '@/domain/inbox/correspondent'
import { api, messageOf } from '@/trpc/react'
import type { Conversation } from './api-types'
import { ConversationActs, Steps } from './conversation-acts'
import { ConversationAside } from './conversation-aside'
import { ConversationMarks } from './conversation-marks'
import { EntryList } from './entry-list'
import { NoteForm } from './note-form'
import type { Inbox } from './use-inbox'

/** One conversation: what both sides wrote, in order, with the lead beside it and what can be done. */
export function ConversationView({ id, inbox }: { id: string; inbox: Inbox }) {
  const conversation = api.inbox.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (areMoving(repliesIn(state.data)) ? 1_000 : 15_000) },
  )
  useRead(conversation.data)
  const back = (
    <ButtonLink variant="ghost" icon={ChevronLeft} href={inbox.hrefOf({ id: null })} className="lg:hidden">
      Inbox
    </ButtonLink>
  )
  if (conversation.data) return <Loaded conversation={conversation.data} inbox={inbox} />
  return (
    <div className="grid justify-items-start gap-2">
      {back}
      {conversation.error ? (
        <ErrorState
          title={messageOf(conversation.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => conversation.refetch()}>Try again</Button>}
        />
      ) : (
        <Card className="w-full">
          <SkeletonRows rows={4} label="Loading the conversation" />
        </Card>
      )}
    </div>
  )
}

const repliesIn = (conversation: Conversation | undefined) =>
  (conversation?.entries ?? []).flatMap((entry) => (entry.is === 'reply' ? [entry] : []))

function Loaded({ conversation, inbox }: { conversation: Conversation; inbox: Inbox }) {
  const mayWrite = useMayWrite()
  const { lead, ...of } = conversation
  const name = correspondentWords({
    leadName: lead?.contactName ?? null,
    companyName: lead?.companyName ?? null,
    ...of,
  })
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_220px]">
      <Card aria-labelledby="conversation">
        <header className="@container grid gap-1.5 border-b px-[18px] py-3">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <ButtonLink
              variant="ghost"
              icon={ChevronLeft}
              href={inbox.hrefOf({ id: null })}
              className="-ml-2 lg:hidden"
            >
              Inbox
            </ButtonLink>
            <h2
              id="conversation"
              tabIndex={-1}
              className="min-w-0 flex-auto font-semibold text-body outline-none [overflow-wrap:anywhere]"
            >
              {name}
            </h2>
            <ConversationMarks conversation={conversation} />
          </div>
          <div className="flex items-center gap-1">
            <p className="flex-1 text-caption text-ink-3">Times in {conversation.timezone}</p>
            {mayWrite && <Steps inbox={inbox} />}
          </div>
          {mayWrite && <ConversationActs conversation={conversation} inbox={inbox} />}
        </header>
        <EntryList conversation={conversation} />
        {mayWrite && <NoteForm conversationId={conversation.id} />}
      </Card>
      <aside aria-label="The lead and its campaigns" className="grid min-w-0 gap-4">
        <ConversationAside conversation={conversation} />
      </aside>
    </div>
  )
}

/** Whoever opens a conversation has read what is in it; only those who may change something leave a trace of it. */
function useRead(conversation: Conversation | undefined) {
  const mayWrite = useMayWrite()
  const utils = api.useUtils()
  const { mutate } = api.inbox.setUnread.useMutation({ onSettled: () => utils.inbox.invalidate() })
  const read = useRef<string | null>(null)
  const { mutate: markTold } = api.notifications.markRead.useMutation({
    onSettled: () => Promise.all([utils.notifications.invalidate(), utils.inbox.get.invalidate()]),
  })
  const { id, isUnread = false, isTold = false, latestMessageId = null } = conversation ?? {}
  const state = `${id} ${latestMessageId}`
  useEffect(() => {
    // Once for each message: who marks it as unread by hand has it so.
    if (!id || !mayWrite || read.current === state) return
    read.current = state
    if (isUnread) mutate({ id, isUnread: false, seen: latestMessageId })
  }, [id, isUnread, latestMessageId, state, mayWrite, mutate])
  useEffect(() => {
    // It may come after the message was read: who is told is looked for now and then.
    if (id && isTold && latestMessageId) markTold({ conversationId: id, seen: latestMessageId })
  }, [id, isTold, latestMessageId, markTold])
}
