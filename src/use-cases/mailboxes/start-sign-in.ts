import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { OauthProvider } from '@/domain/mailbox/oauth'
import { createTokenRequests, createVerifier } from '@/mail/oauth'
import { loadClient, redirectUri } from './load-oauth-client'
import { sealState } from './sign-in-state'

/**
 * Begins a sign-in of a mailbox at its provider; returns the address of the page there. What comes back is believed only in the
 * session that asked, and for ten minutes.
 * @throws {DomainError} not_found, not_ready
 */
export async function startSignIn(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  { mailboxId, provider, sessionId }: { mailboxId: string; provider: OauthProvider; sessionId: string },
): Promise<{ url: string }> {
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!mailbox) throw new DomainError('not_found', 'This mailbox does not exist any more.')
  const client = await loadClient(deps, provider)
  const verifier = createVerifier()
  const state = sealState(deps, sessionId, { mailboxId, provider, verifier })
  const requests = createTokenRequests(client, { allowPrivate: deps.config.allowPrivateMailHosts })
  const address = mailbox.smtpUser ?? mailbox.fromEmail
  return { url: await requests.authorizationUrl({ state, verifier, redirectUri: redirectUri(deps), address }) }
}
