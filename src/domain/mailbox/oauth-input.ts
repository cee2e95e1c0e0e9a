import { z } from 'zod'
import { OAUTH_PROVIDERS } from './oauth'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** The id or domain of an organisation at Microsoft. */
export const oauthTenant = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,200}$/, 'The id or domain of the organisation')
  .max(200)

/** Address of another cloud than the public one. A secret travels there: encrypted, or on this machine. */
export const oauthAuthority = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((value) => value.startsWith('https:') || LOOPBACK.has(URL.parse(value)?.hostname ?? ''), 'It must be https')

/** A client as it is entered. */
export const oauthClientInput = z.object({
  provider: z.enum(OAUTH_PROVIDERS),
  clientId: z.string().trim().min(1, 'Enter the client id').max(300),
  /** Absent leaves the stored one; null removes it. */
  secret: z.string().trim().min(1).max(500).nullish(),
  tenant: oauthTenant.nullish(),
  authority: oauthAuthority.nullish(),
})
export type OauthClientInput = z.infer<typeof oauthClientInput>
