import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { StoredLimit } from '@/domain/delivery/connection-limit'

/** Stores how many connections the server lets the mailbox use, unless its settings were saved since it was read. */
export async function recordConnectionLimit(
  { db, log }: Pick<Deps, 'db' | 'log'>,
  { id, settingsVersion }: Pick<Mailbox, 'id' | 'settingsVersion'>,
  limit: StoredLimit,
): Promise<void> {
  await db.mailbox.updateMany({ where: { id, settingsVersion }, data: limit })
  log.warn({ mailbox: id, ...limit }, 'fewer connections are used')
}
