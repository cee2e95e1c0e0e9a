import { dropCopies, selectMailboxesWithCopies } from '@/db/queries/conversations/sent-copies'
import type { Deps } from '@/deps'
import { COPY_KEPT_MS, copiesDueAt, MOST_COPY_ATTEMPTS } from '@/domain/conversation/sent-copies'

/** Enqueues a job for each mailbox with copies that can be put into Sent, and gives up those that nothing helps. */
export async function scheduleCopies({ sql, clock, queue, log }: Deps): Promise<void> {
  const realNow = clock.realNow()
  const acceptedBefore = new Date(realNow.getTime() - COPY_KEPT_MS)
  const dropped = await dropCopies(sql, { attempts: MOST_COPY_ATTEMPTS, acceptedBefore })
  if (dropped.length > 0) log.warn({ copies: dropped }, 'copies are not put into Sent')
  for (const { mailboxId } of await selectMailboxesWithCopies(sql, copiesDueAt(realNow)))
    await queue.enqueueCopies(mailboxId)
}
