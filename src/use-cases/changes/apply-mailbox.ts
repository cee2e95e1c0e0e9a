import { insertMailboxEvents } from '@/db/queries/changes/insert-mailbox-events'
import type { Deps } from '@/deps'
import { mailboxEffectInWords } from '@/domain/campaign/changes/mailbox-effect'
import { DomainError } from '@/domain/errors'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { type MailboxChange, previewMailbox } from './preview-mailbox'

/**
 * Saves a mailbox, and says in the history of each running campaign of which emails leave on other days what it did to them. `seen`: the
 * mark of the effect that the person saw, null where there was none; absent: nobody looked.
 * @throws {DomainError} conflict with the effect as it is now in `details.effect` where it is another one; not_found, invalid_input
 */
export async function applyMailbox(
  deps: Deps,
  { mailboxId, mailbox, seen, by }: MailboxChange & { seen?: string | null | undefined; by: string },
): Promise<{ id: string }> {
  const effect = await previewMailbox(deps, { mailboxId, mailbox })
  if (seen !== undefined && (effect?.mark ?? null) !== seen) {
    const message = 'Emails have moved since the effect was counted. Nothing was saved: it is counted anew.'
    throw new DomainError('conflict', message, { mailboxId, effect })
  }
  return updateMailbox(deps, { mailboxId, mailbox }, async (tx, at) => {
    if (!effect) return
    const { timezone } = effect
    const events = effect.campaigns
      .filter(({ moved }) => moved > 0)
      .map((campaign) => ({
        campaignId: campaign.id,
        message: mailboxEffectInWords(campaign, { address: mailbox.fromEmail, timezone }),
      }))
    await insertMailboxEvents(tx, { events, at, actor: by })
  })
}
