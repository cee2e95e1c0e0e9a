import { putSignIn } from '@/db/queries/mailboxes/sign-ins'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { createTokenRequests, TokenFailure } from '@/mail/oauth'
import { sealedTokens } from './fresh-token'
import { loadClient, redirectUri } from './load-oauth-client'
import { saveSignIn } from './save-sign-in'
import { openState } from './sign-in-state'

/**
 * Ends a sign-in at a provider: exchanges its answer for tokens, and stores them. Like a save of the mailbox, it lets its health
 * and its reader begin anew, so that sending and reading go on by themselves. `url`: the address that the person came back to.
 * @throws {DomainError} invalid_input, not_found, not_ready
 */
export async function completeSignIn(
  deps: Deps,
  { url, sessionId }: { url: URL; sessionId: string },
): Promise<{ mailboxId: string }> {
  const sealed = url.searchParams.get('state') ?? ''
  const state = openState(deps, sessionId, sealed)
  if (!state) {
    throw new DomainError(
      'invalid_input',
      'This sign-in was not begun here, or more than ten minutes ago. Nothing was changed. Sign in again on the page of the mailbox.',
    )
  }
  const { mailboxId, provider, verifier } = state
  const client = await loadClient(deps, provider)
  const requests = createTokenRequests(client, { allowPrivate: deps.config.allowPrivateMailHosts })
  const tokens = await requests
    .exchange({ url, state: sealed, verifier, redirectUri: redirectUri(deps) })
    .catch((error: unknown) => {
      if (!(error instanceof TokenFailure)) throw error
      const said = error.said ? ` It says: “${error.said}”` : ''
      throw new DomainError('not_ready', `${error.message} Nothing was changed.${said}`)
    })
  await saveSignIn(deps, mailboxId, (tx) => putSignIn(tx, { provider, ...sealedTokens(deps, mailboxId, tokens) }))
  return { mailboxId }
}

/** The mailbox whose sign-in an address ends; null for one that this session has not begun, or too long ago. */
export const mailboxOfSignIn = (
  deps: Pick<Deps, 'config' | 'clock'>,
  { url, sessionId }: { url: URL; sessionId: string },
): string | null => openState(deps, sessionId, url.searchParams.get('state') ?? '')?.mailboxId ?? null
