import { createHash } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { countSignInAttempt } from '@/db/queries/team/count-sign-in-attempt'
import type { Sql } from '@/db/sql'

const WINDOW_MS = 15 * 60_000
const ATTEMPTS = 30

/**
 * Lets at most 30 attempts in 15 minutes through for one address, whatever address of the network they come from: the
 * limit by network address trusts a header that a client without a proxy before us can invent. Counted in one
 * statement. A person who is shut out by another's attempts stays signed in where they are.
 */
export async function admitSignIn(sql: Sql, email: unknown) {
  if (typeof email !== 'string') return
  const key = `sign-in|${createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32)}`
  const attempts = await countSignInAttempt(sql, { key, most: ATTEMPTS, now: Date.now(), windowMs: WINDOW_MS })
  if (attempts > ATTEMPTS) {
    throw new APIError('TOO_MANY_REQUESTS', {
      code: 'TOO_MANY_ATTEMPTS',
      message: 'Too many attempts for this address. Wait 15 minutes, then try again.',
    })
  }
}
