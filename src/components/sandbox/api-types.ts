import type { ApiOutputs } from '@/trpc/react'

export type SandboxRow = ApiOutputs['sandbox']['list']['rows'][number]
export type Message = ApiOutputs['sandbox']['get']
export type SandboxAnswers = ApiOutputs['sandbox']['answers']
