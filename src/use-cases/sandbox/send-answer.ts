import { randomUUID } from 'node:crypto'
import { openSandboxReader, putSandboxAnswer } from '@/db/queries/sandbox/put-answer'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { SANDBOX_READER_HOST, type SandboxAnswer } from '@/domain/conversation/sandbox-answer'
import { DomainError } from '@/domain/errors'
import { headOf, readMessage } from '@/mail/read-message'
import { composeAnswer } from '@/mail/sandbox-answer'
import { findAnswered } from './answered-email'

/**
 * Answers an email of the sandbox in the lead's place: the answer arrives in the mailbox that sent the email, and is read from there
 * as one from a mail server is. The first answer lets that mailbox be read from then on. Asked for again, it is a second answer.
 * @throws {DomainError} not_found; conflict where nobody can answer
 */
export async function sendAnswer(
  deps: Deps,
  { id, answer }: { id: string; answer: SandboxAnswer },
): Promise<{ uid: number }> {
  const { db, sql, clock, queue, log } = deps
  const message = await db.sandboxMessage.findUnique({ where: { id } })
  if (!message) throw new DomainError('not_found', 'This email does not exist any more.')
  const { email, refused } = await findAnswered(deps, message)
  if (!email) throw new DomainError('conflict', `${refused} Nothing was changed.`)
  const receivedAt = clock.now()
  const raw = await composeAnswer(answer, {
    ...{ lead: email.lead, sender: email.sender, id: randomUUID(), at: receivedAt },
    original: await readMessage(message.raw),
    headers: Buffer.from(headOf(message.raw) ?? message.raw).toString('utf8'),
  })
  const { mailboxId } = email
  const { kind } = answer
  const uid = await transaction(sql, async (tx) => {
    const reader = await openSandboxReader(tx, mailboxId)
    if (reader?.imapHost !== SANDBOX_READER_HOST)
      throw new DomainError('conflict', 'The answers of this mailbox are read elsewhere now. Nothing was changed.')
    return (await putSandboxAnswer(tx, { mailboxId, sandboxMessageId: id, kind, raw, receivedAt }))?.uid ?? 0
  })
  log.info({ mailbox: mailboxId, lead: email.leadId, answer: kind, uid }, 'answer given in the sandbox')
  await queue.enqueueMailboxRead(mailboxId)
  return { uid }
}
