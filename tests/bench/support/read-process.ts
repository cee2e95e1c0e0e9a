import { createDatabase } from '@/db/client'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { READ_AT } from '../../support/conversation/contacted-leads'
import { createTestClock, depsOn } from '../../support/deps'
import { timed } from './figures'
import { cpuSeconds, peakMemory } from './process-use'

/**
 * Reads a mailbox as a worker does, part after part, and reports how long it took, how much of the processor, and how much memory
 * the process held at most. Of a mailbox that is not there it reads nothing.
 */
const [url = '', mailboxId = ''] = process.argv.slice(2)
const database = createDatabase(url, { connections: 2 })
const deps = depsOn(database, { port: 1 }, createTestClock(READ_AT.toISOString()))
let messages = 0
const before = cpuSeconds(process.pid)
const ms = await timed(async () => {
  for (let part = -1; part !== 0; messages += part) {
    await deps.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
    part = (await readMailbox(deps, { mailboxId })).messages
  }
})
process.send?.({ ms, messages, cpu: cpuSeconds(process.pid) - before, memory: peakMemory(process.pid) })
await database.close()
