import { countMessages, type SandboxRow, selectMessages } from '@/db/queries/sandbox/select-messages'
import type { Deps } from '@/deps'
import { type BoundedCount, boundedCount, type ListPage, type PageAsked, pageOf, pageRead } from '@/domain/lists/place'

/** A page of the messages that the sandbox inbox received, newest first. */
export async function listMessages(
  { sql }: Deps,
  { search, pageSize = 50, ...asked }: PageAsked & { search?: string | undefined },
): Promise<ListPage<SandboxRow> & BoundedCount> {
  const read = pageRead(asked, pageSize, { value: 'time' })
  const [found, counted] = await Promise.all([selectMessages(sql, search, read), countMessages(sql, search)])
  return {
    ...pageOf(read, found, ({ id, receivedAt }) => ({ id, value: receivedAt.toISOString() })),
    ...boundedCount(counted),
  }
}
