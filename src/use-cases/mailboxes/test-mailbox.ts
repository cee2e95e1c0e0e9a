import type { Deps } from '@/deps'
import { connectionWords } from '@/domain/delivery/connection-words'
import { DomainError } from '@/domain/errors'
import { accountOf } from './get-smtp-account'

export type MailboxTest = { ok: boolean; message: string }

/**
 * Connects and logs in for real, and sends nothing. Returns the result in plain words.
 * @throws {DomainError} not_found
 */
export async function testMailbox(deps: Deps, { mailboxId }: { mailboxId: string }): Promise<MailboxTest> {
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!mailbox) throw new DomainError('not_found', 'This mailbox does not exist any more.')
  const account = accountOf(deps, mailbox)
  const ready = await deps.mailer.ready({ ...account, maxConnections: 1 }, 1)
  return 'failure' in ready
    ? { ok: false, message: connectionWords(ready.failure, `${account.host}:${account.port}`) }
    : { ok: true, message: `Connected to ${account.host}:${account.port}${account.user ? ' and logged in' : ''}.` }
}
