import { insertMailboxEvents } from '@/db/queries/changes/insert-mailbox-events'
import { selectSettingsVersion } from '@/db/queries/mailboxes/select-mailboxes'
import type { Deps } from '@/deps'
import { mailboxEffectInWords } from '@/domain/campaign/changes/mailbox-effect'
import { DomainError } from '@/domain/errors'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { type MailboxChange, type MailboxPreview, previewMailbox } from './preview-mailbox'

/**
 * Saves a mailbox, and says in the history of each campaign of which emails leave on other days what it did to them. `seen`: the mark of
 * the effect that the person saw, null where there was none; absent: nobody looked. What moves nothing any more is saved.
 * @throws {DomainError} conflict with the effect as it is now in `details.effect` where it is about other settings or campaigns, or where somebody
 * else has saved the mailbox meanwhile; not_found, invalid_input
 */
export async function applyMailbox(
  deps: Deps,
  { mailboxId, mailbox, seen, by }: MailboxChange & { seen?: string | null | undefined; by: string },
): Promise<{ id: string }> {
  const version = await selectSettingsVersion(deps.sql, mailboxId)
  const effect = await previewMailbox(deps, { mailboxId, mailbox })
  if (seen !== undefined && effect && effect.mark !== seen) throw movedMeanwhile(mailboxId, effect)
  return updateMailbox(deps, { mailboxId, mailbox }, async (tx, at) => {
    // This save is the next one, unless somebody else's came between.
    const savedBetween = (await selectSettingsVersion(tx, mailboxId)) !== (version ?? 0) + 1
    if (seen !== undefined && savedBetween) throw savedMeanwhile(mailboxId)
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

const movedMeanwhile = (mailboxId: string, effect: MailboxPreview) =>
  new DomainError(
    'conflict',
    'Settings or campaigns have changed since the effect was counted. Nothing was saved: it is counted anew.',
    { mailboxId, effect },
  )

const savedMeanwhile = (mailboxId: string) =>
  new DomainError(
    'conflict',
    'Somebody else has saved this mailbox meanwhile. Nothing was saved. Save again to see what it does now.',
    { mailboxId },
  )
