import type { ReplyKind } from '@/domain/reply/state'
import type { ApiOutputs } from '@/trpc/react'

export type Reply = ApiOutputs['replies']['list'][number]
export type ReplyBeginning = ApiOutputs['replies']['draft']
export type TypedAgain = ApiOutputs['replies']['written']

/** What a person has typed, before it is sent. */
export type ReplyDraft = {
  /** Of the reply that it becomes: sent again after an answer that was lost, it is that one. */
  id: string
  to: string[]
  cc: string[]
  subject: string
  text: string
  quote: boolean
  asHtml: boolean
}

/** Where a draft is kept in this tab. */
export const draftKey = (messageId: string, kind: ReplyKind) => `reply ${kind} ${messageId}`
