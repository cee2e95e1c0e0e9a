export const OAUTH_PROVIDERS = ['microsoft', 'google'] as const
/** Who lets mailboxes sign in on a page of its own (OAuth 2). */
export type OauthProvider = (typeof OAUTH_PROVIDERS)[number]

export const OAUTH_LABELS: Readonly<Record<OauthProvider, string>> = { microsoft: 'Microsoft', google: 'Google' }

/** This installation as the provider knows it. */
export type OauthClient = {
  provider: OauthProvider
  clientId: string
  /** Absent for a public client. */
  secret: string | null
  /** Microsoft: the organisation whose accounts may sign in; null: any. */
  tenant: string | null
  /** Address of another cloud; null: the public one. */
  authority: string | null
}

export type OauthEndpoints = { issuer: string; authorization: string; token: string; scope: string }

// Microsoft's clouds have resources of their own (Microsoft Entra, national clouds).
const MICROSOFT_RESOURCES: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'https://outlook.office365.us',
  'login.partner.microsoftonline.cn': 'https://partner.outlook.cn',
}

/** Where a client signs in and gets tokens, and what it asks for: IMAP, SMTP, and to go on without the person. */
export function endpointsOf({ provider, tenant, authority }: Omit<OauthClient, 'secret' | 'clientId'>): OauthEndpoints {
  if (provider === 'google') {
    const own = authority?.replace(/\/$/, '')
    return {
      issuer: own ?? 'https://accounts.google.com',
      authorization: `${own ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
      token: own ? `${own}/token` : 'https://oauth2.googleapis.com/token',
      scope: 'https://mail.google.com/',
    }
  }
  const base = (authority ?? 'https://login.microsoftonline.com').replace(/\/$/, '')
  const place = `${base}/${tenant ?? 'common'}`
  const resource = MICROSOFT_RESOURCES[new URL(base).hostname] ?? 'https://outlook.office.com'
  return {
    issuer: `${place}/v2.0`,
    authorization: `${place}/oauth2/v2.0/authorize`,
    token: `${place}/oauth2/v2.0/token`,
    scope: `${resource}/IMAP.AccessAsUser.All ${resource}/SMTP.Send offline_access`,
  }
}

// Whoever asks for a token has time to use it.
const NEAR_EXPIRY_MS = 5 * 60_000

/** Whether a token is to be replaced before it is used. Real time. */
export const isNearExpiry = (expiresAt: Date, realNow: Date): boolean =>
  expiresAt.getTime() - realNow.getTime() < NEAR_EXPIRY_MS

/** What a mailbox says whose sign-in the provider has ended. */
export const endedWords = (provider: OauthProvider, said: string): string =>
  `${OAUTH_LABELS[provider]} has ended the sign-in of this mailbox. Sign in again; sending and reading go on by themselves then.${
    said ? ` ${OAUTH_LABELS[provider]} says: “${said}”` : ''
  }`
