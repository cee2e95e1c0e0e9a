import { randomUUID } from 'node:crypto'
import type { Mailbox } from '@/db/generated/client'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Deps } from '@/deps'
import { goesOut, isAvailable, isTested } from '@/domain/delivery/mailbox-health'
import { judge, type Verdict } from '@/domain/delivery/outcome'
import { withWireDomain } from '@/domain/lead/email'
import { type AccountEmail, buildAccountEmail } from '@/domain/message/account-email'
import { hashedAddress } from '@/lib/encryption'
import { compileMessage } from '@/mail/compile-message'
import { accountFailure, openAccount } from '@/use-cases/mailboxes/open-account'
import { createMailboxHealth } from '@/use-cases/mailboxes/record-health'

/** What became of such an email: when it was not sent, why, in words. `isUnknown`: it may have been sent all the same. */
export type EmailedLink = { sent: true; from: string } | { sent: false; why: string; isUnknown?: true }

/**
 * Sends an email about somebody's account, at once, outside any campaign and limit, from the first mailbox that has sent before.
 * What would stay in the sandbox inbox is not sent: everybody who is signed in reads it there, and the link is a secret. What the
 * server answers counts for the mailbox as with any other email: after a refused sign-in nothing signs in again.
 */
export async function sendAccountEmail(
  deps: Deps,
  { to, ...content }: Pick<AccountEmail, 'subject' | 'lines'> & { to: string },
): Promise<EmailedLink> {
  const mailbox = await findAccountMailbox(deps)
  if (!mailbox)
    return { sent: false, why: 'No mailbox can send it: emails stay on this machine, or no mailbox is ready.' }
  if (await isSuppressed(deps, to)) return { sent: false, why: `${to} is on the suppression list.` }
  const address = withWireDomain(to)
  try {
    const raw = compileMessage(
      buildAccountEmail({ ...content, to: address, mailbox, id: randomUUID(), date: deps.clock.realNow() }),
    )
    const verdict = await sendFrom(deps, mailbox, { to: address, raw })
    deps.log.info({ mailbox: mailbox.id, verdict: verdict.kind }, 'email about an account')
    if (verdict.kind === 'sent') return { sent: true, from: mailbox.fromEmail }
    if (verdict.kind === 'held') return { sent: false, why: verdict.reason, isUnknown: true }
    return { sent: false, why: `The mail server did not accept it${'reason' in verdict ? `: ${verdict.reason}` : '.'}` }
  } catch (error) {
    deps.log.warn({ mailbox: mailbox.id, err: error }, 'an email about an account was not sent')
    return { sent: false, why: `Mailbox ${mailbox.fromEmail} could not be used.` }
  }
}

/** One email on the wire, and what became of it; the mailbox's health is written down. */
async function sendFrom(deps: Deps, mailbox: Mailbox, { to, raw }: { to: string; raw: Buffer }): Promise<Verdict> {
  const health = createMailboxHealth(deps, mailbox)
  const account = await openAccount(deps, mailbox).catch(async (error: unknown) => {
    const failure = accountFailure(error)
    if (failure) await health.failed(failure)
    throw error
  })
  const outcome = await deps.mailer.send(account, { envelope: { from: mailbox.fromEmail, to }, raw })
  const verdict = judge(outcome, raw.length)
  if (verdict.kind === 'sent') await health.accepted()
  if (verdict.kind !== 'mailbox') return verdict
  const isUnreachable = 'phase' in outcome && (outcome.phase === 'connect' || outcome.phase === 'auth')
  await (isUnreachable ? health.unreachable(outcome) : health.failed(verdict))
  return verdict
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
  return (await selectSuppressedAddresses(sql, [hashedAddress(config.consentKey, email)])).length > 0
}
