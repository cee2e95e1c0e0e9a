import type { Deps } from '@/deps'
import type { SmtpOutcome } from '@/domain/delivery/outcome'
import { DomainError } from '@/domain/errors'
import { accountOf } from './mailbox-account'

export type MailboxTest = { ok: boolean; message: string }

/** Connects and logs in for real, sends nothing, and says in plain words what happened. */
export async function testMailbox(deps: Deps, { mailboxId }: { mailboxId: string }): Promise<MailboxTest> {
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!mailbox) throw new DomainError('not_found', 'This mailbox does not exist any more.')
  const account = accountOf(deps, mailbox)
  const ready = await deps.mailer.ready({ ...account, maxConnections: 1 }, 1)
  return 'trouble' in ready
    ? { ok: false, message: inWords(ready.trouble, `${account.host}:${account.port}`) }
    : { ok: true, message: `Connected to ${account.host}:${account.port}${account.user ? ' and logged in' : ''}.` }
}

function inWords(outcome: SmtpOutcome, server: string): string {
  if (outcome.kind === 'refused' && outcome.phase === 'auth') {
    return `${server} refused the login: ${outcome.response} Check user name and password; some providers want an app password.`
  }
  if (outcome.kind === 'refused') return `${server} refused the connection: ${outcome.response}`
  if (outcome.kind === 'broken')
    return `${server} could not be reached: ${outcome.error}. Check server, port and encryption.`
  return 'The connection ended unexpectedly.'
}
