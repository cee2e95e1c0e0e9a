import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClock } from '@/clock'
import { createUploads } from '@/csv/uploads'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { createLeadSourceApis } from '@/lead-sources/open-lead-sources'
import { createLogger } from '@/log'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { openPool } from '../../support/open-pool'
import { openBenchDatabase } from './database'
import { createSeed } from './seed'

/** Key that a worker's and the benchmark's own environment share. */
export const ENCRYPTION_KEY = '0123456789abcdef'.repeat(4)

/** A database, the use cases' deps on real time, and a way to fill tables. */
export async function openBench({ smtpPort = 1, open = openBenchDatabase } = {}) {
  const { url, close: closeServer } = await open()
  const database = createDatabase(url, { connections: 12 })
  const pool = openPool(url, 12)
  const clock = await createClock(database.sql)
  const mailer = createSmtpMailer()
  const deps: Deps = {
    db: database.models,
    sql: database.sql,
    clock,
    random: Math.random,
    mailer,
    leadSources: createLeadSourceApis({}),
    log: createLogger({ name: 'bench', level: 'silent', readable: false }),
    queue: {
      enqueueTick: async () => undefined,
      enqueueMailboxSend: async () => undefined,
      enqueueRun: async () => undefined,
      enqueueMailboxRead: async () => undefined,
      enqueueReplies: async () => undefined,
      enqueueCopies: async () => undefined,
      enqueueNotificationEmail: async () => undefined,
      enqueueImport: async () => undefined,
      enqueueMassAct: async () => undefined,
    },
    uploads: createUploads(join(tmpdir(), 'leadnexconnect-bench-uploads')),
    config: {
      appUrl: 'http://localhost:3000',
      encryptionKey: ENCRYPTION_KEY,
      consentKey: ENCRYPTION_KEY,
      smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
      sandbox: true,
      queueSchema: 'pgboss',
      allowPrivateMailHosts: true,
      oauthClients: {},
      leadSources: { keys: {}, sample: false },
    },
  }
  await deps.db.settings.update({
    where: { id: 1 },
    data: { companyName: 'Nexa', postalAddress: 'Main Street 1, Berlin' },
  })
  const close = async () => {
    mailer.close()
    clock.stop()
    await database.close()
    await pool.end()
    await closeServer()
  }
  return { url, deps, pool, seed: createSeed(pool), close }
}

export type Bench = Awaited<ReturnType<typeof openBench>>
