'use client'

import { useState } from 'react'
import type { ReplyKind } from '@/domain/reply/state'
import { draftKey, type ReplyDraft } from './reply-types'

/** Which messages are being answered or handed on, and what was typed in what can be taken back yet. */
export function useReplyWriting() {
  const [open, setOpen] = useState<Readonly<Record<string, ReplyKind | null>>>({})
  const [typed, setTyped] = useState<Record<string, { messageId: string; kind: ReplyKind; draft: ReplyDraft }>>({})
  const set = (messageId: string, kind: ReplyKind | null) => setOpen((before) => ({ ...before, [messageId]: kind }))
  return {
    kindOf: (messageId: string) => open[messageId] ?? null,
    begin: (messageId: string, kind: ReplyKind) =>
      setOpen((before) => ({ ...before, [messageId]: before[messageId] ?? kind })),
    close: (messageId: string) => set(messageId, null),
    sent: (id: string, messageId: string, kind: ReplyKind, draft: ReplyDraft) => {
      setTyped((before) => ({ ...before, [id]: { messageId, kind, draft } }))
      set(messageId, null)
    },
    /** What was typed is there again, to be changed. */
    undone: (id: string) => {
      const before = typed[id]
      if (!before) return
      const { messageId, kind, draft } = before
      sessionStorage.setItem(draftKey(messageId, kind), JSON.stringify({ draft, seenAt: '' }))
      set(messageId, kind)
    },
  }
}

export type ReplyWriting = ReturnType<typeof useReplyWriting>
