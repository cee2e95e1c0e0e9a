import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import type { SmtpdSettings } from '../../support/mail-servers/postfix'
import { exactly, type Figure } from '../support/report'
import type { Outcome, Sizes } from '../support/scenario'
import type { MailServerStage } from './stage'

export type CaseSizes = Sizes & {
  leads: number
  /** How long a slow server takes for an answer. */
  seconds: number
  /** Seconds that a server takes for each message where times are compared; 0: none are. */
  beat: number
}

/** Something that a mail server may say or do, said or done by Postfix. */
export type MailServerCase = {
  /** A word or two, for its figures. */
  name: string
  title: string
  /** What the smtpds of this case are told, by their names. */
  services(sizes: CaseSizes): Readonly<Record<string, SmtpdSettings>>
  /** It takes minutes however few the leads are. */
  onlyLong?: boolean
  play(stage: MailServerStage, sizes: CaseSizes): Promise<Outcome>
}

/** Plays one case on a cleared stage. */
export async function playCase(stage: MailServerStage, { play }: MailServerCase, sizes: CaseSizes): Promise<Outcome> {
  await stage.clear()
  return play(stage, sizes)
}

/** Settings of a mailbox at one of the smtpds. */
export const mailboxAt = (
  { postfix }: MailServerStage,
  service: string,
  settings: Partial<MailboxInput> = {},
): Partial<MailboxInput> => ({
  kind: 'smtp',
  smtpHost: '127.0.0.1',
  smtpPort: postfix.ports[service],
  smtpSecurity: 'none',
  ...settings,
})

/** Saves a mailbox anew, as a person does who has fixed it. */
export async function moveMailbox(
  stage: MailServerStage,
  mailboxId: string,
  service: string,
  settings: Partial<MailboxInput> = {},
): Promise<void> {
  const own = { name: 'Fixed', fromName: 'Ada', fromEmail: 'ada@nexa.example', ...settings }
  const mailbox = mailboxInput.parse({ ...mailboxAt(stage, service, settings), ...own })
  await updateMailbox(stage.deps, { mailboxId, mailbox })
}

/** That no lead pays for what was not its own fault. */
export async function nobodyPays({ deps: { db } }: MailServerStage): Promise<Figure[]> {
  const attempts = await db.scheduledEmail.aggregate({ _sum: { retryCount: true } })
  return [
    exactly('emails failed', await db.scheduledEmail.count({ where: { status: 'failed' } }), 0),
    exactly('emails held', await db.scheduledEmail.count({ where: { status: 'held' } }), 0),
    exactly('attempts used', attempts._sum.retryCount ?? 0, 0),
    exactly('leads failed or changed', await db.lead.count({ where: { status: { not: 'new' } } }), 0),
    exactly('addresses suppressed', await db.suppression.count(), 0),
  ]
}

/** 1 where it is so, for figures. */
export const asFigure = (name: string, holds: boolean): Figure => exactly(name, holds ? 1 : 0, 1)

/** That all of these have arrived, each once. */
export async function eachArrivesOnce({ deps: { db }, postfix }: MailServerStage, planned: number): Promise<Figure[]> {
  const arrived = (await postfix.arrived()).map(({ parsed }) => parsed.messageId)
  const rows = await db.scheduledEmail.findMany({ where: { status: 'sent' }, select: { messageId: true } })
  const known = new Set(arrived)
  return [
    exactly('emails sent', rows.length, planned),
    exactly('emails arrived', arrived.length, planned),
    exactly('Message-IDs that arrived twice', arrived.length - known.size, 0),
    exactly('emails sent that did not arrive', rows.filter(({ messageId }) => !known.has(messageId)).length, 0),
  ]
}

/** Recipients whom this smtpd has refused, by its own log. */
export function refusedRecipients({ postfix }: MailServerStage, service: string): Set<string> {
  const lines = postfix
    .log()
    .split('\n')
    .filter((line) => line.includes(` ${service}/smtpd[`) && /reject: (RCPT|DATA) from/.test(line))
  return new Set(lines.flatMap((line) => /to=<([^>]+)>/.exec(line)?.[1] ?? []))
}

/** Count of logins that this smtpd was asked for; it must log what it reads. */
export const loginsAt = ({ postfix }: MailServerStage, service: string): number =>
  postfix
    .log()
    .split('\n')
    .filter((line) => line.includes(` ${service}/smtpd[`) && /: < \S+: AUTH\b/.test(line)).length

/** Has an smtpd log what it reads and writes. */
export const LOGGED: SmtpdSettings = { debug_peer_list: '127.0.0.1' }
