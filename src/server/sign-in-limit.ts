import { createHash } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { countSignInFailure, forgetSignInFailures } from '@/db/queries/team/sign-in-failures'
import type { Sql } from '@/db/sql'

const WINDOW_MS = 15 * 60_000
const FAILURES = 30

// Whether there is such an account or not: the answer must not tell.
const keyOf = (email: string) => createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32)

/**
 * Lets at most 30 failures in 15 minutes through for one account, wherever they come from. Counted before the password is
 * looked at, in one statement, so that attempts at once are as many as they are. A person who is shut out by another's attempts
 * stays signed in where they are.
 */
export async function admitSignIn(sql: Sql, email: unknown): Promise<void> {
  if (typeof email !== 'string') return
  const failures = await countSignInFailure(sql, { accountKey: keyOf(email), now: new Date(), windowMs: WINDOW_MS })
  if (failures > FAILURES) {
    throw new APIError('TOO_MANY_REQUESTS', {
      code: 'TOO_MANY_ATTEMPTS',
      message: 'Too many attempts for this address. Wait 15 minutes, then try again.',
    })
  }
}

/** Begins the count anew after a success. */
export async function noteSignedIn(sql: Sql, email: unknown): Promise<void> {
  if (typeof email === 'string') await forgetSignInFailures(sql, keyOf(email))
}
