import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { OAUTH_LABELS } from '@/domain/mailbox/oauth'
import type { OauthClientInput } from '@/domain/mailbox/oauth-input'
import { encrypt } from '@/lib/encryption'
import { placeOfSecret } from './load-oauth-client'

/**
 * Saves how the installation is known at a provider. Without a secret the stored one stays.
 * @throws {DomainError} conflict where the environment says so
 */
export async function saveOauthClient(
  { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>,
  { provider, secret, clientId, tenant, authority }: OauthClientInput,
): Promise<void> {
  if (config.oauthClients[provider]) {
    throw new DomainError(
      'conflict',
      `The client of ${OAUTH_LABELS[provider]} comes from the environment of this installation. Nothing was saved.`,
    )
  }
  const secretEncrypted = secret ? encrypt(config.encryptionKey, secret, placeOfSecret(provider)) : null
  const data = { clientId, tenant: tenant ?? null, authority: authority ?? null, updatedAt: clock.now() }
  await db.oauthClient.upsert({
    where: { provider },
    create: { provider, ...data, secretEncrypted },
    update: { ...data, ...(secret === undefined ? {} : { secretEncrypted }) },
  })
}
