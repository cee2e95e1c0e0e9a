import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type Attachment, readAttachments } from '@/domain/inbox/attachments'
import type { LeadFacts } from '@/domain/message/variables'
import { forwardedOf, type Quote, quoteOf } from '@/domain/reply/quote'
import type { ReplyKind } from '@/domain/reply/state'

/** A received message as whoever answers it needs it: the mailbox of the talk, its lead, its campaign. */
export type AnsweredMessage = {
  id: string
  fromEmail: string
  toEmails: string[]
  subject: string
  /** It was written by us, with a mail program. */
  isOurs: boolean
  scheduledEmailId: string | null
  conversationId: string | null
  mailbox: Mailbox
  keepsMessageId: boolean
  lead: ({ id: string } & LeadFacts) | null
  campaignName: string
  attachments: Attachment[]
  quoted(kind: ReplyKind): Quote
}

/** Reads it. @throws {DomainError} not_found */
export async function loadAnswered(deps: Pick<Deps, 'db'>, messageId: string): Promise<AnsweredMessage> {
  const message = await findAnswered(deps, messageId)
  if (!message)
    throw new DomainError('not_found', 'This message does not exist any more. Nothing was sent.', { messageId })
  return message
}

/** Reads it; null where it is gone. */
export async function findAnswered({ db }: Pick<Deps, 'db'>, messageId: string): Promise<AnsweredMessage | null> {
  const message = await db.receivedMessage.findUnique({
    where: { id: messageId },
    include: { mailbox: { include: { reader: true } }, lead: true, campaign: { select: { name: true } } },
  })
  if (!message) return null
  const { mailbox: whole, lead, campaign, ...own } = message
  const { reader, ...mailbox } = whole
  const quoted = {
    ...{ fromName: own.fromName, fromEmail: own.fromEmail, toEmails: own.toEmails, subject: own.subject },
    ...{ sentAt: own.sentAt ?? own.receivedAt, text: own.bodyText },
  }
  return {
    ...{ id: own.id, fromEmail: own.fromEmail, toEmails: own.toEmails, subject: own.subject },
    isOurs: own.kind === 'own',
    scheduledEmailId: own.scheduledEmailId,
    conversationId: own.conversationId,
    mailbox,
    keepsMessageId: reader?.rewritesMessageId === false,
    lead,
    campaignName: campaign?.name ?? '',
    attachments: readAttachments(own.attachments),
    quoted: (kind) => (kind === 'forward' ? forwardedOf(quoted, mailbox.timezone) : quoteOf(quoted, mailbox.timezone)),
  }
}
