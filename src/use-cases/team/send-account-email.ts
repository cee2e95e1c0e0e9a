import { randomUUID } from 'node:crypto'
import type { Mailbox } from '@/db/generated/client'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Deps } from '@/deps'
import { goesOut, isAvailable, isTested } from '@/domain/delivery/mailbox-health'
import { judge } from '@/domain/delivery/outcome'
import { withWireDomain } from '@/domain/lead/email'
import { type AccountEmail, buildAccountEmail } from '@/domain/message/account-email'
import { addressHash } from '@/lib/encryption'
import { compileMessage } from '@/mail/compile-message'
import { openAccount } from '@/use-cases/mailboxes/open-account'

/** What became of an email with a secret link: when it was not sent, why, in words. */
export type EmailedLink = { sent: true; from: string } | { sent: false; why: string }

/**
 * Sends an email about somebody's account, at once, outside any campaign and limit, from the first mailbox that has sent before.
 * What would stay in the sandbox inbox is not sent: everybody who is signed in reads it there, and the link is a secret.
 */
export async function sendAccountEmail(
  deps: Deps,
  { to, ...content }: Pick<AccountEmail, 'subject' | 'lines'> & { to: string },
): Promise<EmailedLink> {
  const mailbox = await findAccountMailbox(deps)
  if (!mailbox)
    return { sent: false, why: 'No mailbox can send it: emails stay on this machine, or no mailbox is ready.' }
  if (await isSuppressed(deps, to)) return { sent: false, why: `${to} is on the suppression list.` }
  try {
    const address = withWireDomain(to)
    const raw = compileMessage(
      buildAccountEmail({ ...content, to: address, mailbox, id: randomUUID(), date: deps.clock.realNow() }),
    )
    const account = await openAccount(deps, mailbox)
    const outcome = await deps.mailer.send(account, { envelope: { from: mailbox.fromEmail, to: address }, raw })
    const verdict = judge(outcome, raw.length)
    deps.log.info({ mailbox: mailbox.id, verdict: verdict.kind }, 'email about an account')
    if (verdict.kind === 'sent') return { sent: true, from: mailbox.fromEmail }
    return { sent: false, why: `The mail server did not accept it${'reason' in verdict ? `: ${verdict.reason}` : '.'}` }
  } catch (error) {
    deps.log.warn({ mailbox: mailbox.id, err: error }, 'an email about an account was not sent')
    return { sent: false, why: `Mailbox ${mailbox.fromEmail} could not be used.` }
  }
}

/** The oldest mailbox that works and whose email leaves this machine; null without one. */
export async function findAccountMailbox({
  db,
  clock,
  config,
}: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<Mailbox | null> {
  const mailboxes = await db.mailbox.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  const usable = mailboxes.find(
    (mailbox) =>
      goesOut(mailbox, config.sandbox) && isTested(mailbox, config.sandbox) && isAvailable(mailbox, clock.now()),
  )
  return usable ?? null
}

async function isSuppressed({ sql, config }: Deps, to: string): Promise<boolean> {
  const email = to.toLowerCase()
  return (await selectSuppressedAddresses(sql, [{ email, hash: addressHash(config.consentKey, email) }])).length > 0
}
