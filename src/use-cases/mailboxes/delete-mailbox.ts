import { moveConversationsOff } from '@/db/queries/inbox/hand-on'
import { deleteMailboxRow, lockMailboxForDeletion, selectMailboxUse } from '@/db/queries/mailboxes/delete-mailbox-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'

/**
 * Deletes a mailbox with what was read in it and written from it. Refused where a campaign uses it, or a reply has not left or may
 * have. @throws {DomainError} not_found, in_use
 */
export async function deleteMailbox({ sql }: Deps, { mailboxId }: { mailboxId: string }): Promise<void> {
  // Results of its replies are recorded behind the gate as well: the two wait for each other nowhere else.
  await withSendingBlocked(sql, async (tx) => {
    const mailbox = await lockMailboxForDeletion(tx, mailboxId)
    const use = mailbox && (await selectMailboxUse(tx, mailboxId))
    if (!mailbox || !use)
      throw new DomainError('not_found', 'This mailbox does not exist any more. Nothing was deleted.', { mailboxId })
    const { fromEmail } = mailbox
    if (use.campaignId !== null)
      throw new DomainError('in_use', `Mailbox ${fromEmail} is used by "${use.campaignName}" and was not deleted.`, {
        mailboxId,
        campaignId: use.campaignId,
      })
    if (use.waiting + use.held > 0)
      throw new DomainError('in_use', `Mailbox ${fromEmail} was not deleted: ${openInWords(use)}`, { mailboxId })
    await moveConversationsOff(tx, mailboxId)
    await deleteMailboxRow(tx, mailboxId)
  })
}

/** What waits, and what to do. */
function openInWords({ waiting, held }: { waiting: number; held: number }): string {
  const left = `${counted(waiting, 'reply', 'replies')} ${waiting === 1 ? 'has' : 'have'} not left`
  const unknown = `of ${counted(held, 'reply', 'replies')} nobody knows whether ${held === 1 ? 'it' : 'they'} left`
  const it = waiting + held === 1 ? 'it' : 'them'
  if (held === 0) return `${left}. Let ${it} leave, or undo ${it}.`
  const decide = `say in the inbox what became of ${it}`
  return waiting === 0
    ? `${unknown}. First ${decide}.`
    : `${left}, and ${unknown}. Let them leave, undo them, or ${decide}.`
}
