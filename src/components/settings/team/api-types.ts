import type { ApiOutputs } from '@/trpc/react'

export type Person = ApiOutputs['team']['people']['people'][number]
export type Invitation = ApiOutputs['team']['people']['invitations'][number]
export type CreatedInvitation = ApiOutputs['team']['invite']
