import type { Mailbox } from '@/db/generated/client'
import { selectUnfitRecords } from '@/db/queries/mailboxes/mailbox-checks'
import type { Sql } from '@/db/sql'
import type { Config } from '@/deps'
import type { Check } from '@/domain/campaign/preflight'
import { goesOut, isTested } from '@/domain/delivery/mailbox-health'
import { isPublicHttps } from '@/domain/public-address'
import { isSamplePostalAddress } from '@/domain/settings'
import type { SettingsView } from '@/use-cases/settings/get-settings'
import type { CampaignWithParts } from '../load-campaign'
import { loadSendingMailboxes } from '../load-sending-mailboxes'

/** What these checks read. */
export type SenderDeps = { sql: Sql; config: Pick<Config, 'appUrl' | 'sandbox'> }

/** The checks of the mailboxes, of who writes, and of the way to unsubscribe. */
export async function checkSender(
  deps: SenderDeps,
  campaign: CampaignWithParts,
  settings: SettingsView,
): Promise<Check[]> {
  const mailboxes = await loadSendingMailboxes(deps, campaign)
  const real = mailboxes.some((mailbox) => goesOut(mailbox, deps.config.sandbox))
  const link = real ? checkPublicAddress(deps) : null
  const out = mailboxes.filter((mailbox) => goesOut(mailbox, deps.config.sandbox))
  return [
    checkMailboxes(deps, mailboxes),
    ...(await checkRecords(deps, out)),
    checkPostalAddress(settings, real),
    ...(link ? [link] : []),
  ]
}

/** Warns of records of senders' domains that were found wrong or missing. What could not be looked up is no fault. */
async function checkRecords({ sql }: SenderDeps, mailboxes: readonly Mailbox[]): Promise<Check[]> {
  const unfit = await selectUnfitRecords(
    sql,
    mailboxes.map(({ id }) => id),
  )
  return unfit.map(({ address, records }) => ({
    subject: 'mailboxes',
    level: 'warn',
    kind: 'sender_records',
    address,
    records,
    fix: { kind: 'mailboxes' },
  }))
}

/** The check that there is a mailbox to send from, with an address of its own. */
function checkMailboxes({ config }: SenderDeps, mailboxes: readonly Mailbox[]): Check {
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
  const untested = mailboxes.find((mailbox) => !isTested(mailbox, config.sandbox))
  if (untested) {
    const { fromEmail: address, healthReason: reason } = untested
    return { subject, level: 'warn', kind: 'mailbox_untested', address, reason, fix }
  }
  const addresses = mailboxes.map(({ fromEmail }) => fromEmail)
  return { subject, level: 'ok', kind: 'mailboxes_ready', addresses, fix: null }
}

/** The check that recipients can open the unsubscribe link, where emails leave this machine. */
function checkPublicAddress({ config: { appUrl } }: SenderDeps): Check | null {
  if (isPublicHttps(appUrl)) return null
  return { subject: 'public_address', level: 'block', kind: 'app_url_not_public', appUrl, fix: null }
}

/**
 * The check that emails can carry the sender's postal address, which the law requires in commercial email (CAN-SPAM).
 * `real`: they leave this machine.
 */
function checkPostalAddress(settings: SettingsView, real: boolean): Check {
  const address = settings.postalAddress.trim().replace(/\s*\n\s*/g, ', ')
  const fix = { kind: 'settings' } as const
  if (real && isSamplePostalAddress(address))
    return { subject: 'postal_address', level: 'block', kind: 'sample_postal_address', address, fix }
  return address
    ? { subject: 'postal_address', level: 'ok', kind: 'postal_address_ready', address, fix: null }
    : { subject: 'postal_address', level: 'block', kind: 'no_postal_address', fix }
}
