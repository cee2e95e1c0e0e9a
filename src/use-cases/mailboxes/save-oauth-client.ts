import type { Deps } from '@/deps'
import type { OauthClientInput } from '@/domain/mailbox/oauth-input'
import { encrypt } from '@/lib/encryption'
import { placeOfSecret } from './load-oauth-client'

/** Saves how the installation is known at a provider. Without a secret the stored one stays. */
export async function saveOauthClient(
  { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>,
  { provider, secret, clientId, tenant, authority }: OauthClientInput,
): Promise<void> {
  const secretEncrypted = secret ? encrypt(config.encryptionKey, secret, placeOfSecret(provider)) : null
  const data = { clientId, tenant: tenant ?? null, authority: authority ?? null, updatedAt: clock.now() }
  await db.oauthClient.upsert({
    where: { provider },
    create: { provider, ...data, secretEncrypted },
    update: { ...data, ...(secret === undefined ? {} : { secretEncrypted }) },
  })
}
