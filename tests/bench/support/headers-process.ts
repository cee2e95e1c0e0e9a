import { ImapFlow } from 'imapflow'
import { timed } from './figures'
import { cpuSeconds, peakMemory } from './process-use'

/** Fetches the headers of all messages in the Inbox, stores nothing, and reports how long it took, and of the processor. */
const [port = ''] = process.argv.slice(2)
const client = new ImapFlow({
  host: '127.0.0.1',
  port: Number(port),
  secure: true,
  auth: { user: 'sam', pass: 'right' },
  logger: false,
})
let messages = 0
const before = cpuSeconds(process.pid)
const ms = await timed(async () => {
  await client.connect()
  await client.mailboxOpen('INBOX', { readOnly: true })
  const query = { uid: true, size: true, internalDate: true, flags: true, headers: true }
  for await (const { headers } of client.fetch('1:*', query)) if (headers) messages++
  await client.logout()
})
process.send?.({ ms, messages, cpu: cpuSeconds(process.pid) - before, memory: peakMemory(process.pid) })
