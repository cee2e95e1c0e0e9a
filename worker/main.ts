import { randomUUID } from 'node:crypto'
import { createClock } from '@/clock'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { env, leadSourceEnv } from '@/env'
import { createLeadSourceApis } from '@/lead-sources/open-lead-sources'
import { createLogger } from '@/log'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { createQueue, startBoss } from '@/queue/boss'
import { removeHeartbeat } from '@/use-cases/beat-heart'
import { registerHeartbeat } from './jobs/heartbeat'
import { registerRunLeadGeneration } from './jobs/run-lead-generation'
import { registerSendMailbox } from './jobs/send-mailbox'
import { registerTick } from './jobs/tick'

// Dialogues under way get this long to end before the process does; what is cut off becomes `held`.
const STOP_TIMEOUT_MS = 20_000

const workerId = `${process.pid}-${randomUUID().slice(0, 8)}`
const log = createLogger({ name: 'worker', level: env.LOG_LEVEL, readable: process.stdout.isTTY === true })
// Four mailboxes at a time, each with a connection at the gate, one for its statements and some for settling waves.
const database = createDatabase(env.DATABASE_URL, { connections: 30 })
const simulation = env.CLOCK_START ? { startsAt: new Date(env.CLOCK_START), speed: env.CLOCK_SPEED } : undefined
const clock = await createClock(database.pool, simulation)
if (clock.simulated) log.warn({ now: clock.now(), speed: clock.speed }, 'time is simulated')
const boss = await startBoss({ databaseUrl: env.DATABASE_URL, log, role: 'worker' })
const { baseUrls, ...leadSources } = leadSourceEnv()
const stopping = new AbortController()

const deps: Deps = {
  db: database.prisma,
  pool: database.pool,
  clock,
  log,
  queue: createQueue(boss, log),
  mailer: createSmtpMailer({ deadlineMs: env.DIALOGUE_DEADLINE_SECONDS * 1000 }),
  leadSources: createLeadSourceApis({ baseUrls, local: leadSources.sample }),
  config: {
    appUrl: env.APP_URL,
    encryptionKey: env.ENCRYPTION_KEY,
    smtpUrl: env.SMTP_URL,
    sandbox: env.SANDBOX_INBOX,
    leadSources,
  },
}

await registerSendMailbox(boss, deps, stopping.signal)
await registerRunLeadGeneration(boss, deps, stopping.signal)
const stopTicks = await registerTick(boss, deps)
const stopHeartbeat = await registerHeartbeat(deps, workerId)
log.info({ worker: workerId }, 'worker ready')

async function stop(signal: string): Promise<void> {
  if (stopping.signal.aborted) return
  log.info({ signal }, 'worker stopping: dialogues under way may end')
  stopping.abort()
  stopTicks()
  stopHeartbeat()
  await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS })
  deps.mailer.close()
  await deps.leadSources.close()
  await removeHeartbeat(deps, workerId).catch(() => undefined)
  clock.stop()
  await database.close()
  log.info('worker stopped')
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
