import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { OAUTH_LABELS, type OauthClient, type OauthProvider } from '@/domain/mailbox/oauth'
import { decrypt } from '@/lib/encryption'

/** The place where a client's secret is stored, bound into its encryption. */
export const placeOfSecret = (provider: string) => `oauth_clients/${provider}/secret`

/** The place where a mailbox's tokens are stored. */
export const placeOfTokens = (mailboxId: string) => `mailbox_sign_ins/${mailboxId}/tokens`

/** Where providers send people back to; it stands in the client's settings there. */
export const redirectUri = ({ config }: Pick<Deps, 'config'>) => new URL('/api/oauth/callback', config.appUrl).href

/** The client of a provider: that of the environment, else the one that is entered. @throws {DomainError} not_ready without one */
export async function loadClient(
  { db, config }: Pick<Deps, 'db' | 'config'>,
  provider: OauthProvider,
): Promise<OauthClient> {
  const given = config.oauthClients[provider]
  if (given) return given
  const stored = await db.oauthClient.findUnique({ where: { provider } })
  if (!stored) {
    throw new DomainError(
      'not_ready',
      `No client of ${OAUTH_LABELS[provider]} is entered, so nobody can sign in there. Enter its id and secret under Mailboxes.`,
    )
  }
  const { clientId, tenant, authority, secretEncrypted } = stored
  const secret = secretEncrypted && decrypt(config.encryptionKey, secretEncrypted, placeOfSecret(provider))
  return { provider, clientId, secret, tenant, authority }
}
