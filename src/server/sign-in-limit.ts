import { createHash, randomUUID } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { Prisma, type PrismaClient } from '@/db/generated/client'

const WINDOW_MS = 15 * 60_000
const ATTEMPTS = 30

/**
 * Lets at most 30 attempts in 15 minutes through for one address, whatever address of the network they come from: the limit
 * by network address trusts a header that a client without a proxy before us can invent. Counted in one statement.
 * A person who is shut out by somebody else's attempts stays signed in where they are.
 */
export async function admitSignIn(prisma: PrismaClient, email: unknown) {
  if (typeof email !== 'string') return
  const key = `sign-in|${createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32)}`
  const now = Date.now()
  const [row] = await prisma.$queryRaw<{ count: number }[]>(Prisma.sql`
    INSERT INTO rate_limits AS r (id, key, count, last_request)
    VALUES (${randomUUID()}, ${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r.last_request < ${now - WINDOW_MS} THEN 1 ELSE r.count + 1 END,
      last_request = CASE WHEN r.count >= ${ATTEMPTS} AND r.last_request >= ${now - WINDOW_MS}
        THEN r.last_request ELSE ${now} END
    RETURNING count`)
  if (row && row.count > ATTEMPTS) {
    throw new APIError('TOO_MANY_REQUESTS', {
      code: 'TOO_MANY_ATTEMPTS',
      message: 'Too many attempts for this address. Wait 15 minutes, then try again.',
    })
  }
}
