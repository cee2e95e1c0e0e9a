import { deleteChecks } from '@/db/queries/mailboxes/mailbox-checks'
import { restartReader } from '@/db/queries/mailboxes/save-reader'
import { saveMailboxRow } from '@/db/queries/mailboxes/update-mailbox-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { latestNextSendAt } from '@/domain/delivery/pace'
import { DomainError } from '@/domain/errors'
import { outdatedChecks } from '@/domain/mailbox/mailbox-checks'
import { localDate } from '@/domain/time/local-time'

/**
 * Saves how a mailbox signs in. Like a save of its settings it lets health and reading begin anew, and no email made before
 * leaves after it.
 * @throws {DomainError} not_found
 */
export async function saveSignIn(
  { db, sql, clock, queue }: Deps,
  mailboxId: string,
  write: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const at = clock.now()
  const mailbox = await db.mailbox.findUnique({ where: { id: mailboxId } })
  const gone = () => new DomainError('not_found', 'This mailbox does not exist any more. Nothing was saved.')
  if (!mailbox) throw gone()
  const patch = { testedAt: null, holidays: mailbox.holidays.map((day) => localDate(day, 'UTC')) }
  const saved = await withSendingBlocked(sql, async (tx) => {
    // In this order everywhere: sign-in, mailbox, reader.
    await write(tx)
    const row = { mailboxId, patch, latestNextSendAt: latestNextSendAt(mailbox, at), at }
    if (!(await saveMailboxRow(tx, row))) return false
    await restartReader(tx, { mailboxId, otherAccount: false, filesSent: null, at })
    await deleteChecks(tx, mailboxId, outdatedChecks({ sender: false, server: true, reader: true }))
    return true
  })
  if (!saved) throw gone()
  await queue.enqueueTick()
}
