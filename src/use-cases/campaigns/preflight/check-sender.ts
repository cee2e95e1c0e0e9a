import type { Check } from '@/domain/campaign/preflight'
import type { SettingsView } from '@/use-cases/settings/get-settings'
import type { CampaignWithParts } from '../load-campaign'
import { loadSendingMailboxes } from '../load-sending-mailboxes'
import type { PreflightDeps } from './preflight-deps'

/** The check that there is a mailbox to send from, with an address of its own. */
export async function checkMailboxes({ sql, config }: PreflightDeps, campaign: CampaignWithParts): Promise<Check> {
  const mailboxes = await loadSendingMailboxes({ sql }, campaign)
  const subject = 'mailboxes' as const
  const fix = { kind: 'mailboxes' } as const
  if (mailboxes.length === 0) return { subject, level: 'block', kind: 'no_mailbox', fix }
  const placeholder = mailboxes.find(({ fromEmail }) => /[@.]example(\.(com|org|net))?$/i.test(fromEmail))
  if (placeholder && !config.sandbox) {
    const { name: mailbox, fromEmail: address } = placeholder
    return { subject, level: 'block', kind: 'mailbox_placeholder', mailbox, address, fix }
  }
  const stopped = mailboxes.find(({ health }) => health === 'stopped')
  if (stopped) {
    const { fromEmail: address, healthReason: reason } = stopped
    return { subject, level: 'warn', kind: 'mailbox_stopped', address, reason, fix }
  }
  const addresses = mailboxes.map(({ fromEmail }) => fromEmail)
  return { subject, level: 'ok', kind: 'mailboxes_ready', addresses, fix: null }
}

/**
 * The check that emails can carry the sender's postal address, which the law requires in commercial email (CAN-SPAM).
 */
export function checkPostalAddress(settings: SettingsView): Check {
  const address = settings.postalAddress.trim().replace(/\s*\n\s*/g, ', ')
  return address
    ? { subject: 'postal_address', level: 'ok', kind: 'postal_address_ready', address, fix: null }
    : { subject: 'postal_address', level: 'block', kind: 'no_postal_address', fix: { kind: 'settings' } }
}
