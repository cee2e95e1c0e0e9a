import { type CampaignWithParts, mailboxesOf } from './find-campaign'
import { type Check, counted, type PreflightDeps } from './preflight'
import type { SettingsView } from './read-settings'

/** Whether there is a mailbox that can send. */
export async function checkMailboxes({ db, config }: PreflightDeps, campaign: CampaignWithParts): Promise<Check> {
  const mailboxes = await mailboxesOf({ db }, campaign)
  const fix = { label: 'Mailboxes', href: '/settings/mailboxes' }
  const stopped = mailboxes.find(({ health }) => health === 'stopped')
  if (mailboxes.length === 0)
    return { key: 'mailboxes', level: 'block', title: 'There is no mailbox to send from', detail: null, fix }
  const detail = mailboxes.map(({ fromEmail }) => fromEmail).join(', ')
  const placeholder = mailboxes.find(({ fromEmail }) => /[@.]example(\.(com|org|net))?$/i.test(fromEmail))
  if (placeholder && !config.sandbox) {
    const title = `Mailbox "${placeholder.name}" still sends as ${placeholder.fromEmail}`
    return { key: 'mailboxes', level: 'block', title, detail: 'Give it your own address before real mail leaves.', fix }
  }
  if (stopped)
    return {
      key: 'mailboxes',
      level: 'warn',
      title: `Mailbox ${stopped.fromEmail} is stopped`,
      detail: stopped.healthReason,
      fix,
    }
  return { key: 'mailboxes', level: 'ok', title: counted(mailboxes.length, 'mailbox'), detail, fix: null }
}

/** Whether mails can say who writes, as the law asks. */
export function checkPostalAddress(settings: SettingsView): Check {
  const fix = { label: 'Add', href: '/settings' }
  return settings.postalAddress.trim()
    ? {
        key: 'postal_address',
        level: 'ok',
        title: 'Unsubscribe link and postal address',
        detail: settings.postalAddress.trim().replace(/\s*\n\s*/g, ', '),
        fix: null,
      }
    : {
        key: 'postal_address',
        level: 'block',
        title: 'Your postal address is missing',
        detail: 'The law asks for it in every campaign mail.',
        fix,
      }
}
