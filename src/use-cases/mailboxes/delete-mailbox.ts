import { moveConversationsOff } from '@/db/queries/inbox/hand-on'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Deletes a mailbox that no campaign uses. @throws {DomainError} in_use */
export async function deleteMailbox({ db, sql }: Deps, { mailboxId }: { mailboxId: string }): Promise<void> {
  const user = await db.campaignMailbox.findFirst({ where: { mailboxId }, include: { campaign: true, mailbox: true } })
  if (user) {
    throw new DomainError(
      'in_use',
      `Mailbox ${user.mailbox.fromEmail} is used by "${user.campaign.name}" and was not deleted.`,
      { mailboxId, campaignId: user.campaignId },
    )
  }
  await moveConversationsOff(sql, mailboxId)
  await db.mailbox.deleteMany({ where: { id: mailboxId } })
}
