import { readFileSync } from 'node:fs'
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
// The API takes the file's bytes as base64.
const base64 = readFileSync(file).toString('base64')
let added = 0
const ms = await timed(async () => {
  const imported = await importLeads(deps, { fileName: 'leads.csv', base64, by: 'bench' })
  added = imported.added
})
process.send?.({ ms, added, memory: peakMemory(process.pid) })
clock.stop()
await database.close()
