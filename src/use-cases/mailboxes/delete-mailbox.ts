import { moveConversationsOff } from '@/db/queries/inbox/hand-on'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { OPEN_REPLIES } from '@/domain/reply/state'

/** Deletes a mailbox that no campaign uses, and that has no reply on its way. @throws {DomainError} in_use */
export async function deleteMailbox({ db, sql }: Deps, { mailboxId }: { mailboxId: string }): Promise<void> {
  const user = await db.campaignMailbox.findFirst({ where: { mailboxId }, include: { campaign: true, mailbox: true } })
  if (user) {
    throw new DomainError(
      'in_use',
      `Mailbox ${user.mailbox.fromEmail} is used by "${user.campaign.name}" and was not deleted.`,
      { mailboxId, campaignId: user.campaignId },
    )
  }
  const open = await db.reply.findFirst({
    where: { mailboxId, status: { in: [...OPEN_REPLIES] } },
    include: { mailbox: true },
  })
  if (open) {
    const { fromEmail } = open.mailbox
    throw new DomainError(
      'in_use',
      `A reply from ${fromEmail} has not left, or nobody knows whether it did. The mailbox was not deleted.`,
      { mailboxId, replyId: open.id },
    )
  }
  await moveConversationsOff(sql, mailboxId)
  // One that was written since then keeps it.
  await db.mailbox.deleteMany({ where: { id: mailboxId, replies: { none: { status: { in: [...OPEN_REPLIES] } } } } })
}
