'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { keepDraft, readKept } from '@/components/hooks/use-kept-draft'
import { REPLY_KINDS, type ReplyKind } from '@/domain/reply/state'
import { draftKey, type ReplyDraft, type TypedAgain } from './reply-types'

/** A form below a message. It takes the focus each time that `focused` grows, and begins anew with each `filled`. */
export type ReplyForm = { kind: ReplyKind; focused: number; filled: number }

// Beside the screens, which come and go: a reply may be taken back when its conversation is not shown any more.
const forms = new Map<string, ReplyForm | null>()
const listeners = new Set<() => void>()
let times = 0

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function setForm(messageId: string, form: ReplyForm | null) {
  forms.set(messageId, form)
  for (const listener of listeners) listener()
}

/** What was typed below a message, is not sent, and is kept in this tab. */
export const keptReply = (messageId: string, kind: ReplyKind): ReplyDraft | null =>
  readKept<ReplyDraft>(draftKey(messageId, kind))?.draft ?? null

/** The form that is open; where nothing is known, that of what is kept, without the focus. */
function formOf(messageId: string): ReplyForm | null {
  const known = forms.get(messageId)
  if (known !== undefined) return known
  const kind = REPLY_KINDS.find((one) => keptReply(messageId, one) !== null)
  const form = kind ? { kind, focused: 0, filled: 0 } : null
  forms.set(messageId, form)
  return form
}

/** The form that is open below a message; null where none is. */
export function useReplyForm(messageId: string): ReplyForm | null {
  const form = useSyncExternalStore(
    subscribe,
    () => formOf(messageId),
    () => null,
  )
  // Whoever comes back finds it open where something was typed in it.
  useEffect(() => () => void forms.delete(messageId), [messageId])
  return form
}

/** Opens a form, or goes to the one that is open. */
export function beginReply(messageId: string, kind: ReplyKind) {
  times += 1
  setForm(messageId, { ...(formOf(messageId) ?? { kind, filled: 0 }), focused: times })
}

export const closeReply = (messageId: string) => setForm(messageId, null)

/**
 * Puts what was typed in a reply into its form again, to be sent as another reply; behind what stands there, if that is anything else.
 * False where there is no form, since the message is gone.
 */
export function bringBack({ id, messageId, kind, ...typed }: TypedAgain): boolean {
  if (messageId === null) return false
  const kept = keptReply(messageId, kind)
  const fresh = crypto.randomUUID()
  const draft: ReplyDraft = kept?.text.trim()
    ? { ...kept, id: kept.id === id ? fresh : kept.id, text: behind(kept.text.trimEnd(), typed.text) }
    : { ...typed, id: fresh }
  keepDraft(draftKey(messageId, kind), draft)
  times += 1
  setForm(messageId, { kind, focused: times, filled: times })
  return true
}

const behind = (above: string, text: string) => (above.endsWith(text) ? above : `${above}\n\n${text}`)
