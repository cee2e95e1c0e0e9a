'use client'

import { useRef, useState } from 'react'
import type { ReplyKind } from '@/domain/reply/state'
import { api, detailsOf } from '@/trpc/react'
import type { ReplyBeginning, ReplyDraft } from './reply-types'
import { addressNow, type SentReply, useRefreshReplies } from './use-reply-acts'

/** What the server asks before it sends. */
export type SendQuestion =
  | { is: 'suppressed'; who: string[] }
  | { is: 'answered'; answers: { id: string; writtenBy: string | null; at: string }[] }
  | { is: 'already' }

/** Sends what was typed; what the server asks first is answered by `agree`. */
export function useSendReply({
  messageId,
  kind,
  beginning,
  change,
  onSent,
}: {
  messageId: string
  kind: ReplyKind
  beginning: ReplyBeginning
  change: (patch: Partial<ReplyDraft>) => void
  onSent: (sent: SentReply) => void
}) {
  const [agreed, setAgreed] = useState<Agreed>({ confirmed: [], known: beginning.answers })
  const from = useRef('')
  const send = api.replies.send.useMutation({
    onSuccess: ({ id, undoSeconds }) => onSent({ id, undoSeconds, from: from.current }),
    // Also after a failure: it may be stored all the same.
    onSettled: useRefreshReplies(),
  })
  const details = detailsOf(send.error)
  const question = questionOf(details)
  const submit = (draft: ReplyDraft, more: Agreed = agreed) => {
    from.current = addressNow()
    setAgreed(more)
    send.mutate({ messageId, kind, ...draft, ...more })
  }
  return {
    pending: send.isPending,
    error: send.error,
    /** The field that the server has refused. */
    field: details?.field,
    question,
    submit: (draft: ReplyDraft) => submit(draft),
    agree: (draft: ReplyDraft) => {
      if (question?.is === 'suppressed') submit(draft, { ...agreed, confirmed: [...agreed.confirmed, ...question.who] })
      else if (question?.is === 'answered')
        submit(draft, { ...agreed, known: [...agreed.known, ...question.answers.map(({ id }) => id)] })
      else {
        const id = crypto.randomUUID()
        change({ id })
        submit({ ...draft, id })
      }
    },
    refuse: () => send.reset(),
  }
}

type Agreed = { confirmed: string[]; known: string[] }

function questionOf(details: Record<string, unknown> | null): SendQuestion | null {
  const { suppressed, answered, already } = details ?? {}
  if (Array.isArray(suppressed)) return { is: 'suppressed', who: suppressed.map(String) }
  if (Array.isArray(answered)) return { is: 'answered', answers: answered }
  return already === true ? { is: 'already' } : null
}
