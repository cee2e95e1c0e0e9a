import type { Deps } from '@/deps'

export type SandboxRow = { id: string; fromEmail: string; toEmail: string; subject: string; receivedAt: Date }

/** A page of the messages that the sandbox inbox received, newest first. */
export async function listMessages(
  { db }: Deps,
  { search, page = 1, pageSize = 50 }: { search?: string; page?: number; pageSize?: number },
): Promise<{ rows: SandboxRow[]; total: number }> {
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
