import type { ApiOutputs } from '@/trpc/react'

export type Settings = ApiOutputs['settings']['get']
export type Mailbox = ApiOutputs['mailboxes']['list'][number]
export type OauthClient = ApiOutputs['mailboxes']['oauthClients'][number]
export type LeadSourceState = ApiOutputs['leadSources']['list'][number]
export type SuppressionEntry = ApiOutputs['suppression']['list']['entries'][number]
export type SuppressionRemoval = ApiOutputs['suppression']['removals'][number]
export type SuppressionImport = ApiOutputs['suppression']['import']
export type MailboxPreview = NonNullable<ApiOutputs['mailboxes']['previewUpdate']>
