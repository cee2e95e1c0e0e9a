import type { Deps } from '@/deps'
import { encrypt } from '@/lib/encryption'
import { placeOfImapPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { answerLike } from './answered-emails'

export const READ_AT = new Date('2026-12-18T09:00:00Z')
const SENT_AT = new Date('2026-12-14T08:00:00Z')
const MAILBOX_ID = '0199c2a4-0000-7000-8000-000000000001'
const CAMPAIGN_ID = '0199c2a4-0000-7000-8000-000000000002'
const SUBJECT = 'A quieter warehouse at Nordwind'

const idOf = (kind: number, n: number) => `0199c2a4-000${kind}-7000-9000-${n.toString(16).padStart(12, '0')}`
const messageIdOf = (n: number) => `<${idOf(3, n)}@nexa.example>`
const addressOf = (n: number) => `ute.winter@company${n}.example`

/** In an empty database, with the same ids in each: leads that got the first of three emails from a mailbox of Dovecot's. */
export async function contactLeads({ db, config }: Deps, { leads, port }: { leads: number; port: number }) {
  const like = await db.mailbox.findFirstOrThrow()
  await db.mailbox.create({ data: { ...like, id: MAILBOX_ID, name: 'sam', fromEmail: 'sam@nexa.example' } })
  const imapPasswordEncrypted = encrypt(config.encryptionKey, 'right', placeOfImapPassword(MAILBOX_ID))
  const server = { imapHost: '127.0.0.1', imapPort: port, imapUser: 'sam', imapPasswordEncrypted }
  await db.mailboxReader.create({ data: { mailboxId: MAILBOX_ID, ...server } })
  await db.campaign.create({ data: { id: CAMPAIGN_ID, name: 'Nordwind', status: 'running' } })
  const content = { name: 'Template', subject: SUBJECT, bodyText: 'Hello' }
  const { id: templateId } = await db.emailTemplate.create({ data: content })
  const numbers = Array.from({ length: leads }, (_, n) => n)
  await db.lead.createMany({ data: numbers.map((n) => ({ id: idOf(2, n), email: addressOf(n), status: 'contacted' })) })
  const plain = (n: number) => ({ campaignId: CAMPAIGN_ID, leadId: idOf(2, n), templateId, mailboxId: MAILBOX_ID })
  const times = { scheduledFor: SENT_AT, sendingSince: SENT_AT, sentAt: SENT_AT }
  const sent = { status: 'sent', claim: 1, endedAt: SENT_AT } as const
  await db.scheduledEmail.createMany({
    data: numbers.flatMap((n) => [
      { ...plain(n), ...times, ...sent, id: idOf(3, n), messageId: messageIdOf(n), emailId: idOf(3, n) },
      ...[2, 3].map((step) => ({
        ...plain(n),
        id: idOf(2 + step, n),
        workflowStepNumber: step,
        messageId: `<${idOf(2 + step, n)}@nexa.example>`,
        scheduledFor: new Date(READ_AT.getTime() + step * 86_400_000),
      })),
    ]),
  })
  const addresses = { fromEmail: 'sam@nexa.example', subject: SUBJECT, bodyText: 'Hello', sentAt: SENT_AT }
  await db.email.createMany({
    data: numbers.map((n) => ({
      ...plain(n),
      ...addresses,
      id: idOf(3, n),
      messageId: messageIdOf(n),
      toEmail: addressOf(n),
    })),
  })
  return { mailboxId: MAILBOX_ID }
}

/** The sample of this name, as an answer to the email of the `n`th lead. */
export const answerOf = (n: number, name: string): string =>
  answerLike(name, { messageId: messageIdOf(n), to: addressOf(n), from: 'sam@nexa.example', subject: SUBJECT, raw: '' })

/** Everything that messages have changed, a line each, in an order of its own. */
export async function changesIn({ db }: Deps): Promise<string[]> {
  const leads = await db.lead.findMany({ select: { id: true, status: true, awayUntil: true } })
  const planned = { id: true, status: true, failureReason: true, scheduledFor: true }
  const emails = await db.scheduledEmail.findMany({ select: planned })
  const suppressions = await db.suppression.findMany({ select: { value: true, reason: true } })
  const facts = { messageId: true, fromEmail: true, subject: true, kind: true, leadId: true, effects: true, undo: true }
  const messages = await db.receivedMessage.findMany({ select: facts })
  const hours = await db.mailboxHour.findMany({ select: { hour: true, bounces: true } })
  const written = { kind: { in: ['answer_read', 'held_resolved'] } }
  const events = await db.campaignEvent.findMany({ where: written, select: { kind: true, message: true } })
  return [...leads, ...emails, ...suppressions, ...messages, ...hours, ...events]
    .map((row) => JSON.stringify(row))
    .sort()
}
