'use client'

import { type ReactNode, useState } from 'react'
import { deletedWords } from '@/components/messages/deleted-text'
import { useMayWrite } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/chip'
import { cn } from '@/components/ui/class-names'
import { useNow } from '@/components/ui/clock'
import { Time } from '@/components/ui/time'
import { aboveQuote } from '@/domain/reply/above-quote'
import { HeldReply } from './held-reply'
import { REPLY_WORDS, replyReason, secondsToUndo } from './reply-text'
import type { Reply } from './reply-types'
import { RetryReply } from './retry-reply'
import { useRefreshReplies, useUndoReply, useWriteAgain } from './use-reply-acts'

/** A reply that one of us has written: where it stands and why, all of it when asked for, and what can be done about it. */
export function ReplyEntry({ reply }: { reply: Reply }) {
  const mayWrite = useMayWrite()
  const [whole, setWhole] = useState(false)
  const now = useNow(500)
  const seconds = now && secondsToUndo(reply, now)
  const { word, tone } = REPLY_WORDS[reply.status]
  const reason = replyReason(reply)
  const { subject, mailboxTimezone: zone } = reply
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5 border-accent border-l-2 bg-sunken px-[18px] py-2.5 text-control">
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        <p className="font-medium">{subject}</p>
        <p className="text-caption text-ink-3">
          {reply.writtenBy ?? 'Somebody'} to {[...reply.toEmails, ...reply.ccEmails].join(', ')}
        </p>
        {whole ? <Whole reply={reply} /> : <p className={cn(TEXT, 'line-clamp-3')}>{aboveQuote(textOf(reply))}</p>}
        {reason && <p className="mt-1 text-caption text-ink-2">{reason}</p>}
        <Button
          variant="link"
          className="mt-1 text-caption"
          aria-expanded={whole}
          aria-label={`${whole ? 'Hide the reply' : 'Show the whole reply'} “${subject}”`}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Hide the reply' : 'Show the whole reply'}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {seconds ? (
          <span role="timer" className="text-caption text-ink-2">
            Sending in {seconds} s
          </span>
        ) : (
          <Chip tone={tone}>{word}</Chip>
        )}
        {!seconds && (
          <span className="text-caption text-ink-3">
            <Time at={momentOf(reply)} zone={zone} />
          </span>
        )}
        {mayWrite && <ReplyActs reply={reply} />}
      </div>
    </div>
  )
}

const TEXT = 'mt-1 whitespace-pre-line text-ink-2'

const textOf = ({ textKeptDays, bodyText }: Reply) =>
  textKeptDays === null ? bodyText.trim() : deletedWords(textKeptDays)

const momentOf = ({ sentAt, heldAt, endedAt, dueAt }: Reply) => sentAt ?? heldAt ?? endedAt ?? dueAt

/** All that was written, to whom and when, with what stands below it. */
function Whole({ reply }: { reply: Reply }) {
  const { toEmails, ccEmails, mailboxEmail, mailboxTimezone: zone, createdAt, sentAt } = reply
  return (
    <>
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-caption text-ink-2">
        <Line name="From">{mailboxEmail}</Line>
        <Line name="To">{toEmails.join(', ')}</Line>
        {ccEmails.length > 0 && <Line name="Cc">{ccEmails.join(', ')}</Line>}
        <Line name="Written">
          <Time at={createdAt} zone={zone} format="date-time" />
        </Line>
        {sentAt && (
          <Line name="Sent">
            <Time at={sentAt} zone={zone} format="date-time" />
          </Line>
        )}
      </dl>
      <p className={cn(TEXT, 'max-w-[72ch] whitespace-pre-wrap')}>{textOf(reply)}</p>
    </>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function ReplyActs({ reply }: { reply: Reply }) {
  const { id, status } = reply
  const refresh = useRefreshReplies()
  const writeAgain = useWriteAgain()
  const undo = useUndoReply()
  const hasNotLeft = status === 'cancelled' || status === 'failed'
  return (
    <div className="flex flex-wrap gap-1.5">
      {reply.canUndo && (
        <Button pending={undo.isPending} onClick={() => undo.mutate({ id })}>
          Undo
        </Button>
      )}
      {status === 'held' && <HeldReply id={id} refresh={refresh} />}
      {status === 'failed' && <RetryReply id={id} zone={reply.mailboxTimezone} refresh={refresh} />}
      {hasNotLeft && reply.receivedMessageId && reply.textKeptDays === null && (
        <Button onClick={() => writeAgain(id)}>Use the text again</Button>
      )}
    </div>
  )
}
