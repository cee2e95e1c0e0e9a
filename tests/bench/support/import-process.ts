import { createReadStream, statSync } from 'node:fs'
import { createClock } from '@/clock'
import { createDatabase } from '@/db/client'
import { createLogger } from '@/log'
import { importLeads } from '@/use-cases/leads/import-leads'
import { timed } from './figures'
import { peakMemory } from './process-use'

/** Imports one file as the server does, and reports how long it took and how much memory the process held at most. */
const [url = '', file = ''] = process.argv.slice(2)
const database = createDatabase(url, { connections: 2 })
const clock = await createClock(database.sql)
const log = createLogger({ name: 'bench', level: 'silent', readable: false })
const config = { consentKey: 'ab'.repeat(32) }
const deps = { sql: database.sql, clock, log, config } as Parameters<typeof importLeads>[0]
// As one that was uploaded.
const source = { size: statSync(file).size, read: () => createReadStream(file) as AsyncIterable<Buffer> }
let added = 0
const ms = await timed(async () => {
  const imported = await importLeads(deps, { fileName: 'leads.csv', source, by: 'bench' })
  added = imported.added
})
process.send?.({ ms, added, memory: peakMemory(process.pid) })
clock.stop()
await database.close()
