import type { Mailbox } from '@/db/generated/client'
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
  if ('failure' in ready) {
    const message = connectionWords(ready.failure, `${account.host}:${account.port}`, account.greetingName)
    await recordTest(deps, mailbox, { testedAt: null, healthReason: message })
    return { ok: false, message }
  }
  await recordTest(deps, mailbox, { testedAt: deps.clock.now(), healthReason: null })
  return { ok: true, message: `Connected to ${account.host}:${account.port}${account.user ? ' and logged in' : ''}.` }
}

/** Stores what came of a test, unless the settings were saved meanwhile. A mailbox that failed at sending keeps that reason. */
async function recordTest(
  { db }: Deps,
  { id, settingsVersion }: Mailbox,
  { testedAt, healthReason }: Pick<Mailbox, 'testedAt' | 'healthReason'>,
): Promise<void> {
  await db.mailbox.updateMany({ where: { id, settingsVersion, health: 'ready' }, data: { testedAt, healthReason } })
}
