import type { SqlPool } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Act } from '@/domain/audit/acts'
import { DomainError } from '@/domain/errors'
import { recordBeginning } from '@/use-cases/audit/record-act'
import { createResetLink, type ResetLink } from './create-reset-link'
import { endTwoFactor } from './end-two-factor'

type Terminal = {
  sql: SqlPool
  appUrl: string
  clock: Pick<Deps['clock'], 'realNow'>
  log: { error: (fields: object, message: string) => void }
}

/**
 * Makes a link with which an owner chooses a new password, for whoever has the terminal of this machine, and ends the owner's second
 * factor where that is asked for. Both stand in the audit log.
 * @throws {DomainError} not_found
 */
export async function resetOwner(
  terminal: Terminal,
  { userId, twoFactor }: { userId: string; twoFactor: boolean },
): Promise<ResetLink> {
  const now = terminal.clock.realNow()
  const link = await inLog(terminal, userId, 'reset_link_made', () => createResetLink(terminal, { userId, now }))
  if (twoFactor) await inLog(terminal, userId, 'member_two_factor_off', () => endTwoFactor(terminal, { userId, now }))
  return link
}

async function inLog<Result>(terminal: Terminal, userId: string, act: Act, work: () => Promise<Result>) {
  const end = await recordBeginning(terminal, {
    act,
    actorId: null,
    actorName: 'npm run owner:reset',
    subject: null,
    subjectId: userId,
    kind: 'person',
    ipAddress: null,
    userAgent: null,
    details: {},
  })
  try {
    const result = await work()
    await end('done')
    return result
  } catch (error) {
    await end(error instanceof DomainError ? 'refused' : 'failed')
    throw error
  }
}
