import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type Attachment, readAttachments } from '@/domain/inbox/attachments'

/** `textKeptDays`: days after which its text was deleted by the setting; null: it is there. */
export type ReceivedMessageBody = {
  text: string
  html: string | null
  attachments: Attachment[]
  textKeptDays: number | null
}

/** The whole of a message that came from a lead. @throws {DomainError} not_found */
export async function getReceivedMessage({ db }: Pick<Deps, 'db'>, id: string): Promise<ReceivedMessageBody> {
  const message = await db.receivedMessage.findUnique({
    where: { id },
    select: { bodyText: true, bodyHtml: true, attachments: true, textKeptDays: true },
  })
  if (!message) throw new DomainError('not_found', 'This message does not exist any more.')
  const { bodyText: text, bodyHtml: html, attachments, textKeptDays } = message
  return { text, html, attachments: readAttachments(attachments), textKeptDays }
}
