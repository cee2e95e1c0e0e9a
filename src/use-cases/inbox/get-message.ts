import PostalMime from 'postal-mime'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

export type InboxRow = { id: string; fromEmail: string; toEmail: string; subject: string; receivedAt: Date }
export type InboxMessage = InboxRow & {
  messageId: string
  headers: { name: string; value: string }[]
  text: string | null
  html: string | null
  /** The whole message as it was received. */
  source: string
}

/** Emails that the sandbox inbox received, newest first. */
export async function listMessages(
  { db }: Deps,
  { search, page = 1, pageSize = 50 }: { search?: string; page?: number; pageSize?: number },
): Promise<{ rows: InboxRow[]; total: number }> {
  const contains = { contains: search, mode: 'insensitive' as const }
  const where = search
    ? { OR: [{ toEmail: contains }, { subject: contains }, { messageId: { contains: search } }] }
    : {}
  const [rows, total] = await Promise.all([
    db.sandboxMessage.findMany({
      where,
      select: { id: true, fromEmail: true, toEmail: true, subject: true, receivedAt: true },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.sandboxMessage.count({ where }),
  ])
  return { rows, total }
}

/** One received mail, parsed from its source. */
export async function getMessage({ db }: Deps, { id }: { id: string }): Promise<InboxMessage> {
  const message = await db.sandboxMessage.findUnique({ where: { id } })
  if (!message) throw new DomainError('not_found', 'This mail does not exist any more.')
  const { raw, ...row } = message
  const parsed = await PostalMime.parse(raw)
  return {
    ...row,
    headers: parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: parsed.text ?? null,
    html: parsed.html ?? null,
    source: Buffer.from(raw).toString('utf8'),
  }
}
