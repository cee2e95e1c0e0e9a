import type { Mailbox } from '@/db/generated/client'
import { selectFirstMailbox } from '@/db/queries/mailboxes/select-mailboxes'
import type { Deps } from '@/deps'
import type { FooterFacts } from '@/domain/message/compose'
import type { SenderFacts } from '@/domain/message/variables'
import { getSettings } from '@/use-cases/settings/get-settings'

export type PreviewSender = SenderFacts & { mailbox: Mailbox | null; unsubscribeUrl: string; footer: FooterFacts }

/**
 * The sender of a preview or test email: the mailbox that was chosen, else the oldest, as campaigns without a choice use it.
 * Its unsubscribe link belongs to no email and does nothing.
 */
export async function previewSender({ sql, config }: Deps, chosen?: Mailbox): Promise<PreviewSender> {
  const [[first = null], settings] = await Promise.all([selectFirstMailbox(sql), getSettings({ sql })])
  const mailbox = chosen ?? first
  const unsubscribeUrl = `${config.appUrl.replace(/\/$/, '')}/u/preview`
  const { companyName, postalAddress } = settings
  return {
    name: mailbox?.fromName ?? 'Your name',
    email: mailbox?.fromEmail ?? 'you@example.com',
    company: companyName,
    mailbox,
    unsubscribeUrl,
    footer: {
      companyName,
      postalAddress,
      unsubscribeUrl,
      signature: mailbox?.signature,
    },
  }
}
