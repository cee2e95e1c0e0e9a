import { askAgainIfUnreadable } from '@/db/queries/conversations/folder-places'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/**
 * Asks the server once more for a message that could not be read. What it gives then is read as if it had just arrived; what was kept
 * of the message stays. `isAskedNow` is false where the mailbox is not read, as reading has stopped: it is asked once that goes on.
 * @throws {DomainError} not_found
 */
export async function readMessageAgain(
  { sql, queue, log }: Pick<Deps, 'sql' | 'queue' | 'log'>,
  { id, by }: { id: string; by: string },
): Promise<{ isAskedNow: boolean }> {
  const asked = await askAgainIfUnreadable(sql, id)
  if (!asked)
    throw new DomainError(
      'not_found',
      'The mailbox does not hold this message in that place any more. Nothing was changed.',
    )
  const { mailboxId, isDue } = asked
  log.info({ receivedMessage: id, mailbox: mailboxId, by }, 'message asked for again')
  if (isDue) await queue.enqueueMailboxRead(mailboxId)
  return { isAskedNow: isDue }
}
