import { once } from 'node:events'
import { createDatabase } from '@/db/client'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { createTestClock, depsOn } from '../../support/deps'

/**
 * Reads a mailbox until nothing new is in it, as a worker does whose mailbox is always due; ends then by itself. It ends with
 * an error where reading never gets anywhere, and with whoever has started it.
 */
const [url = '', mailboxId = '', campaignTime = ''] = process.argv.slice(2)
// A server that is restarted is away for less.
const MOST_FAILURES = 300
const PAUSE_MS = 100
process.once('disconnect', () => process.exit(1))
const database = createDatabase(url, { connections: 3 })
const deps = depsOn(database, { port: 1 }, createTestClock(campaignTime))
process.send?.('ready')
await once(process, 'message')
// The lease of the reader before, which was killed, is over.
await deps.db.mailboxReader.updateMany({ data: { leaseUntil: null } })
for (let isRead = false, failures = 0; !isRead; ) {
  // Its mailbox is due at once, whatever has stopped it.
  await deps.db.mailboxReader.updateMany({ data: { nextReadAt: null, health: 'ready' } })
  const begunAt = new Date()
  const { messages } = await readMailbox(deps, { mailboxId })
  const { lastReadAt, healthReason } = await deps.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
  isRead = messages === 0 && lastReadAt !== null && lastReadAt >= begunAt
  failures = healthReason === null ? 0 : failures + 1
  if (failures > MOST_FAILURES) throw new Error(`The mailbox cannot be read: ${healthReason}`)
  if (failures > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
process.exit(0)
