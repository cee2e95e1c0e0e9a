import type { ApiOutputs } from '@/trpc/react'

export type InboxRow = ApiOutputs['inbox']['list']['rows'][number]
export type Message = ApiOutputs['inbox']['get']
