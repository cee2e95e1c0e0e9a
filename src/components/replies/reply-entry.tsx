'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/chip'
import { useNow } from '@/components/ui/clock'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { Time } from '@/components/ui/time'
import { api, detailsOf, messageOf } from '@/trpc/react'
import { REPLY_WORDS, replyReason, secondsToUndo } from './reply-text'
import type { Reply } from './reply-types'

/** A reply that one of us has written: where it stands and why, and what can be done about it. */
export function ReplyEntry({ reply, onUndone }: { reply: Reply; onUndone: (id: string) => void }) {
  const now = useNow(500)
  const seconds = now && secondsToUndo(reply, now)
  const { word, tone } = REPLY_WORDS[reply.status]
  const reason = replyReason(reply)
  const to = [...reply.toEmails, ...reply.ccEmails].join(', ')
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5 border-accent border-l-2 bg-sunken px-[18px] py-2.5 text-control">
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        <p className="font-medium">{reply.subject}</p>
        <p className="text-caption text-ink-3">
          {reply.writtenBy ?? 'Somebody'} to {to}
        </p>
        <p className="mt-1 line-clamp-3 whitespace-pre-line text-ink-2">{reply.bodyText.trim()}</p>
        {reason && <p className="mt-1 text-caption text-ink-2">{reason}</p>}
      </div>
      <div className="grid justify-items-start gap-1 sm:justify-items-end">
        {seconds ? (
          <span role="timer" className="text-caption text-ink-2">
            Sending in {seconds} s
          </span>
        ) : (
          <Chip tone={tone}>{word}</Chip>
        )}
        {!seconds && (
          <span className="text-caption text-ink-3">
            <Time at={momentOf(reply)} zone={reply.mailboxTimezone} />
          </span>
        )}
        <ReplyActs reply={reply} onUndone={onUndone} />
      </div>
    </div>
  )
}

const momentOf = ({ sentAt, heldAt, endedAt, dueAt }: Reply) => sentAt ?? heldAt ?? endedAt ?? dueAt

function ReplyActs({ reply, onUndone }: { reply: Reply; onUndone: (id: string) => void }) {
  const { id, status } = reply
  const utils = api.useUtils()
  const refresh = () => Promise.all([utils.replies.list.invalidate(), utils.inbox.get.invalidate()])
  const failed = (error: unknown) => notifyFailed(messageOf(error))
  const undo = api.replies.undo.useMutation({ onSuccess: () => onUndone(id), onError: failed, onSettled: refresh })
  const resolve = api.replies.resolveHeld.useMutation({ onError: failed, onSettled: refresh })
  return (
    <div className="flex flex-wrap gap-1.5">
      {reply.canUndo && (
        <Button pending={undo.isPending} onClick={() => undo.mutate({ id })}>
          Undo
        </Button>
      )}
      {status === 'held' && (
        <>
          <Button pending={resolve.isPending} onClick={() => resolve.mutate({ id, choice: 'delivered' })}>
            Treat as sent
          </Button>
          <Button pending={resolve.isPending} onClick={() => resolve.mutate({ id, choice: 'again' })}>
            Send again
          </Button>
        </>
      )}
      {status === 'failed' && <RetryReply id={id} refresh={refresh} />}
    </div>
  )
}

/** Sends a failed reply again; a suppressed recipient is asked about. */
function RetryReply({ id, refresh }: { id: string; refresh: () => Promise<unknown> }) {
  const [asked, setAsked] = useState<{ who: string[]; why: string } | null>(null)
  const retry = api.replies.retry.useMutation({
    onSuccess: () => {
      setAsked(null)
      notifyDone('The reply leaves in a moment.')
    },
    onError: (error) => {
      const { suppressed } = detailsOf(error) ?? {}
      if (Array.isArray(suppressed)) setAsked({ who: suppressed.map(String), why: messageOf(error) })
      else notifyFailed(messageOf(error))
    },
    onSettled: refresh,
  })
  return (
    <>
      <Button pending={retry.isPending} onClick={() => retry.mutate({ id })}>
        Send again
      </Button>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Send to ${asked?.who.join(', ') ?? ''} all the same?`}
        confirmLabel="Send all the same"
        tone="danger"
        pending={retry.isPending}
        onConfirm={() => retry.mutate({ id, confirmed: asked?.who })}
      >
        <p>{asked?.why}</p>
      </ConfirmDialog>
    </>
  )
}
