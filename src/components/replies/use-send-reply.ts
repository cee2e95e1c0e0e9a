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
      if (question && question.is !== 'already') return submit(draft, agreedTo(question, agreed))
      const id = crypto.randomUUID()
      change({ id })
      submit({ ...draft, id })
    },
    refuse: () => send.reset(),
  }
}

/** What a person has agreed to: suppressed recipients, and answers of others. */
export type Agreed = { confirmed: string[]; known: string[] }

/** With the agreement to what is asked. */
export function agreedTo(question: SendQuestion, agreed: Agreed): Agreed {
  switch (question.is) {
    case 'suppressed':
      return { ...agreed, confirmed: [...agreed.confirmed, ...question.who] }
    case 'answered':
      return { ...agreed, known: [...agreed.known, ...question.answers.map(({ id }) => id)] }
    case 'already':
      return agreed
  }
}

/** What the details of a refusal ask; null where they ask nothing. */
export function questionOf(details: Record<string, unknown> | null): SendQuestion | null {
  const { suppressed, answered, already } = details ?? {}
  if (Array.isArray(suppressed)) return { is: 'suppressed', who: suppressed.map(String) }
  if (Array.isArray(answered)) return { is: 'answered', answers: answered }
  return already === true ? { is: 'already' } : null
}
