import 'server-only'
import { createClock } from '@/clock'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { env, leadSourceEnv } from '@/env'
import { createLeadSourceApis } from '@/lead-sources/open-lead-sources'
import { createLogger } from '@/log'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { createQueue, startBoss } from '@/queue/boss'

// Instrumentation and routes are bundled apart; the process is what they share.
const shared = globalThis as typeof globalThis & { leadnexDeps?: Deps }

/** Builds the web process's dependencies once, at its start. */
export async function openDeps(): Promise<void> {
  if (shared.leadnexDeps) return
  const log = createLogger({ name: 'web', level: env.LOG_LEVEL, readable: process.stdout.isTTY === true })
  const { prisma, pool } = createDatabase(env.DATABASE_URL)
  const simulation = env.CLOCK_START ? { startsAt: new Date(env.CLOCK_START), speed: env.CLOCK_SPEED } : undefined
  const clock = await createClock(pool, simulation)
  const { baseUrls, ...leadSources } = leadSourceEnv()
  const boss = await startBoss({ databaseUrl: env.DATABASE_URL, log, role: 'web' })
  shared.leadnexDeps = {
    db: prisma,
    pool,
    clock,
    log,
    queue: createQueue(boss, log),
    mailer: createSmtpMailer(),
    leadSources: createLeadSourceApis({ baseUrls, local: leadSources.sample }),
    config: {
      appUrl: env.APP_URL,
      encryptionKey: env.ENCRYPTION_KEY,
      smtpUrl: env.SMTP_URL,
      sandbox: env.SANDBOX_INBOX,
      leadSources,
    },
  }
}

/** The web process's dependencies. */
export function getDeps(): Deps {
  if (!shared.leadnexDeps) throw new Error('The server has not finished starting')
  return shared.leadnexDeps
}
