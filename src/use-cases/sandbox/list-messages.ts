import { countMessages, type SandboxRow, selectMessages } from '@/db/queries/sandbox/select-messages'
import type { Deps } from '@/deps'

/** A page of the messages that the sandbox inbox received, newest first. */
export async function listMessages(
  { sql }: Deps,
  { search, page = 1, pageSize = 50 }: { search?: string; page?: number; pageSize?: number },
): Promise<{ rows: SandboxRow[]; total: number }> {
  const [rows, total] = await Promise.all([
    selectMessages(sql, { search, limit: pageSize, offset: (page - 1) * pageSize }),
    countMessages(sql, search),
  ])
  return { rows, total }
}
