import { startSandboxInbox } from '../src/mail/sandbox-inbox'

const { DATABASE_URL = '', SMTP_URL = '', CLOCK_START, CLOCK_SPEED } = process.env

const inbox = await startSandboxInbox({
  databaseUrl: DATABASE_URL,
  port: Number(new URL(SMTP_URL).port),
  ...(CLOCK_START && { simulation: { startsAt: new Date(CLOCK_START), speed: Number(CLOCK_SPEED || 1) } }),
})
console.log(`sandbox inbox on 127.0.0.1:${inbox.port}: mail stays on this machine`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void inbox.close().then(() => process.exit(0)))
}
