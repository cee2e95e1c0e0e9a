import type { ApiOutputs } from '@/trpc/react'

/** The answers of the API, by the names that these screens use. */
export type ListedConversation = ApiOutputs['inbox']['list']['rows'][number]
export type InboxCounts = ApiOutputs['inbox']['counts']
export type Conversation = ApiOutputs['inbox']['get']
export type Entry = Conversation['entries'][number]
export type EmailEntry = Extract<Entry, { is: 'email' }>
export type MessageEntry = Extract<Entry, { is: 'message' }>
export type ReplyEntry = Extract<Entry, { is: 'reply' }>
export type NoteEntry = Extract<Entry, { is: 'note' }>
