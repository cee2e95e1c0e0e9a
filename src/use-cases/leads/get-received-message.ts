import { z } from 'zod'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

export type ReceivedMessageBody = { text: string; html: string | null; attachments: { name: string; size: number }[] }

const attachmentList = z.array(
  z.object({ name: z.string().nullish(), filename: z.string().nullish(), size: z.number().nullish() }),
)

/** The whole of a message that came from a lead. @throws {DomainError} not_found */
export async function getReceivedMessage({ db }: Pick<Deps, 'db'>, id: string): Promise<ReceivedMessageBody> {
  const message = await db.receivedMessage.findUnique({
    where: { id },
    select: { bodyText: true, bodyHtml: true, attachments: true },
  })
  if (!message) throw new DomainError('not_found', 'This message does not exist any more.')
  const attachments = attachmentList.safeParse(message.attachments).data ?? []
  return {
    text: message.bodyText,
    html: message.bodyHtml,
    attachments: attachments.map(({ name, filename, size }) => ({
      name: name ?? filename ?? 'without a name',
      size: size ?? 0,
    })),
  }
}
