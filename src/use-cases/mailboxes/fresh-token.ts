import { z } from 'zod'
import { endSignInIf, expireTokenIf, lockSignIn, storeTokensIf } from '@/db/queries/mailboxes/sign-ins'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { endedWords, isNearExpiry } from '@/domain/mailbox/oauth'
import { decrypt, encrypt } from '@/lib/encryption'
import { takeTurn } from '@/lib/take-turn'
import { createTokenRequests, TokenFailure, type Tokens } from '@/mail/oauth'
import { loadClient, placeOfTokens } from './load-oauth-client'

const storedTokens = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() })

/** Tokens as their row holds them, and until when the one for access is good. Real time. */
export function sealedTokens(
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
  mailboxId: string,
  { accessToken, refreshToken, expiresInSeconds }: Tokens,
) {
  const at = clock.realNow()
  const plain = JSON.stringify({ accessToken, refreshToken })
  return {
    mailboxId,
    tokensEncrypted: encrypt(config.encryptionKey, plain, placeOfTokens(mailboxId)),
    expiresAt: new Date(at.getTime() + expiresInSeconds * 1_000),
    at,
  }
}

/** Why no token is there; `ended`: until a person signs in again. */
export class NoToken extends DomainError {
  constructor(
    readonly kind: TokenFailure['kind'],
    message: string,
  ) {
    super('not_ready', message)
  }
}

/**
 * A token that the mailbox's servers take, refreshed when it is near its end: by one at a time over all processes, under the
 * lock of its row, and stored before anybody else sees the row, since a token that was exchanged is good for nothing. A sign-in
 * that the provider has ended stops the mailbox, once.
 * @throws {NoToken}
 */
export async function freshToken(deps: Deps, mailboxId: string): Promise<string> {
  // Whoever waits in the database waits with a connection.
  const answer = await takeTurn(deps.sql, `sign-in ${mailboxId}`, () => tokenInTurn(deps, mailboxId))
  if (answer instanceof TokenFailure) throw new NoToken(answer.kind, answer.message)
  return answer
}

const UNREADABLE = 'Its stored sign-in cannot be read with this ENCRYPTION_KEY. Sign in again.'

/** Null when they were sealed with another key, as in a database that came without its keys. */
function openTokens(key: string, sealed: string, mailboxId: string): z.infer<typeof storedTokens> | null {
  try {
    return storedTokens.parse(JSON.parse(decrypt(key, sealed, placeOfTokens(mailboxId))))
  } catch {
    return null
  }
}

async function tokenInTurn(deps: Deps, mailboxId: string): Promise<string | TokenFailure> {
  const { sql, clock, config, log } = deps
  // A failure is returned, not thrown: what it did to the mailbox is committed.
  return transaction(sql, async (tx) => {
    const stored = await lockSignIn(tx, mailboxId)
    if (!stored) return new TokenFailure('ended', 'Nobody has signed in to this mailbox.')
    if (stored.endedReason !== null) return new TokenFailure('ended', stored.endedReason)
    const tokens = openTokens(config.encryptionKey, stored.tokensEncrypted, mailboxId)
    if (!tokens) return new TokenFailure('ended', UNREADABLE)
    if (!isNearExpiry(stored.expiresAt, clock.realNow())) return tokens.accessToken
    try {
      const client = await loadClient(deps, stored.provider)
      if (tokens.refreshToken === null) throw new TokenFailure('ended', 'There is no token to go on with.')
      const requests = createTokenRequests(client, { allowPrivate: config.allowPrivateMailHosts })
      const fresh = await requests.refresh(tokens.refreshToken)
      const kept = { ...fresh, refreshToken: fresh.refreshToken ?? tokens.refreshToken }
      await storeTokensIf(tx, sealedTokens(deps, mailboxId, kept))
      return fresh.accessToken
    } catch (error) {
      const failure = failureOf(error)
      log.warn({ mailbox: mailboxId, kind: failure.kind, reason: failure.message }, 'no token')
      if (failure.kind === 'passing') return failure
      const reason = endedWords(stored.provider, failure.said)
      await endSignInIf(tx, { mailboxId, reason, at: clock.now() })
      return new TokenFailure('ended', reason)
    }
  })
}

function failureOf(error: unknown): TokenFailure {
  if (error instanceof TokenFailure) return error
  if (error instanceof DomainError) return new TokenFailure('passing', error.message)
  throw error
}

// A token that was made so lately and is refused is refused for another reason.
const YOUNG_MS = 60_000

/**
 * Notes that a server has refused the token of a mailbox. True when a new one is fetched by whoever signs in next: it may have
 * ended before its time. False where it is a new one, or where the mailbox signs in by password.
 */
export function expireToken({ sql, clock }: Pick<Deps, 'sql' | 'clock'>, mailboxId: string): Promise<boolean> {
  const realNow = clock.realNow()
  return expireTokenIf(sql, { mailboxId, realNow, refreshedBefore: new Date(realNow.getTime() - YOUNG_MS) })
}
