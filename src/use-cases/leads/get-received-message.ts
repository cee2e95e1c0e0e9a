import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type Attachment, readAttachments } from '@/domain/inbox/attachments'

export type ReceivedMessageBody = { text: string; html: string | null; attachments: Attachment[] }

/** The whole of a message that came from a lead. @throws {DomainError} not_found */
export async function getReceivedMessage({ db }: Pick<Deps, 'db'>, id: string): Promise<ReceivedMessageBody> {
  const message = await db.receivedMessage.findUnique({
    where: { id },
    select: { bodyText: true, bodyHtml: true, attachments: true },
  })
  if (!message) throw new DomainError('not_found', 'This message does not exist any more.')
  return { text: message.bodyText, html: message.bodyHtml, attachments: readAttachments(message.attachments) }
}
