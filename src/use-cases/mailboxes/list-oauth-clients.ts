import type { Deps } from '@/deps'
import { OAUTH_PROVIDERS, type OauthProvider } from '@/domain/mailbox/oauth'
import { redirectUri } from './load-oauth-client'

export type OauthClientView = {
  provider: OauthProvider
  /** Null: none is entered. */
  clientId: string | null
  hasSecret: boolean
  tenant: string | null
  authority: string | null
  /** To be entered at the provider. */
  redirectUri: string
}

/** Both providers, with the client that is entered. Never a secret, not even encrypted. */
export async function listOauthClients(deps: Pick<Deps, 'db' | 'config'>): Promise<OauthClientView[]> {
  const stored = await deps.db.oauthClient.findMany()
  return OAUTH_PROVIDERS.map((provider) => {
    const client = stored.find((one) => one.provider === provider)
    return {
      provider,
      clientId: client?.clientId ?? null,
      hasSecret: Boolean(client?.secretEncrypted),
      tenant: client?.tenant ?? null,
      authority: client?.authority ?? null,
      redirectUri: redirectUri(deps),
    }
  })
}
