import { createClock } from '../src/clock'
import { createDatabase } from '../src/db/client'
import { startSandboxInbox } from '../src/mail/sandbox-inbox'
import { storeSandboxMessages } from '../src/use-cases/sandbox/store-sandbox-messages'

const { DATABASE_URL = '', DIRECT_DATABASE_URL = DATABASE_URL, SMTP_URL = '', CLOCK_START, CLOCK_SPEED } = process.env

const { models: db, sql, close } = createDatabase(DIRECT_DATABASE_URL, { connections: 5 })
const simulation = CLOCK_START ? { startsAt: new Date(CLOCK_START), speed: Number(CLOCK_SPEED || 1) } : undefined
const clock = await createClock(sql, simulation)
const inbox = await startSandboxInbox({
  port: Number(new URL(SMTP_URL).port),
  keep: (emails) => storeSandboxMessages({ db, clock }, emails),
})
console.log(`sandbox inbox on 127.0.0.1:${inbox.port}: mail stays on this machine`)

async function stop(): Promise<void> {
  await inbox.close()
  clock.stop()
  await close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
