import type { Deps } from '@/deps'
import { OAUTH_PROVIDERS, type OauthProvider } from '@/domain/mailbox/oauth'
import { redirectUri } from './load-oauth-client'

export type OauthClientView = {
  provider: OauthProvider
  /** Null: none is entered. */
  clientId: string | null
  /** It stands in the environment, which comes first: nothing of it can be changed here. */
  fromEnvironment: boolean
  hasSecret: boolean
  tenant: string | null
  authority: string | null
  /** To be entered at the provider. */
  redirectUri: string
}

/** Both providers, with the client in force. Never a secret, not even encrypted. */
export async function listOauthClients(deps: Pick<Deps, 'db' | 'config'>): Promise<OauthClientView[]> {
  const stored = await deps.db.oauthClient.findMany()
  return OAUTH_PROVIDERS.map((provider) => {
    const given = deps.config.oauthClients[provider]
    const entered = stored.find((one) => one.provider === provider)
    const client = given ?? entered
    return {
      provider,
      clientId: client?.clientId ?? null,
      fromEnvironment: given !== undefined,
      hasSecret: Boolean(given ? given.secret : entered?.secretEncrypted),
      tenant: client?.tenant ?? null,
      authority: client?.authority ?? null,
      redirectUri: redirectUri(deps),
    }
  })
}
