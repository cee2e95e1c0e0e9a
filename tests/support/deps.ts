import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@/clock'
import { createUploads } from '@/csv/uploads'
import type { Database } from '@/db/client'
import type { Deps } from '@/deps'
import { DAY_MS } from '@/domain/time/duration'
import { createLeadSourceApis } from '@/lead-sources/open-lead-sources'
import { SAMPLE_KEY, type SampleSources } from '@/lead-sources/sample/sample-server'
import { createLogger } from '@/log'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { QUEUE_SCHEMA } from '@/queue/queue-schema'
import { QUICK_RETRIES } from './follow-calls'

/** Campaign time that a test sets; leases run on the machine's time. */
export type TestClock = Clock & {
  set(at: Date | string): void
  advance(ms: number): void
  advanceDays(days: number): void
}

/** A clock that stands still until it is advanced. */
export function createTestClock(start = '2026-03-02T09:00:00Z'): TestClock {
  let now = new Date(start)
  return {
    now: () => new Date(now),
    realNow: () => new Date(),
    speed: 1,
    simulated: true,
    stop: () => undefined,
    set: (at) => {
      now = new Date(at)
    },
    advance: (ms) => {
      now = new Date(now.getTime() + ms)
    },
    advanceDays: (days) => {
      now = new Date(now.getTime() + days * DAY_MS)
    },
  }
}

/** Dependencies of use cases on a test's own database. */
export function depsOn(
  database: Database,
  sink: { port: number },
  clock: Clock,
  woken: string[] = [],
  sample?: SampleSources,
): Deps {
  return {
    db: database.models,
    sql: database.sql,
    clock,
    random: Math.random,
    log: createLogger({ name: 'test', level: process.env.LOG_LEVEL ?? 'silent', readable: false }),
    mailer: createSmtpMailer(),
    leadSources: createLeadSourceApis({ baseUrls: sample?.baseUrls, retryOptions: QUICK_RETRIES }),
    queue: {
      enqueueTick: async () => undefined,
      enqueueMailboxSend: async (mailboxId) => {
        if (!woken.includes(mailboxId)) woken.push(mailboxId)
      },
      enqueueReplies: async () => undefined,
      // Each tick finds runs again; tests that work on them enqueue by themselves.
      enqueueRun: async () => undefined,
      enqueueMailboxRead: async () => undefined,
      enqueueCopies: async () => undefined,
      enqueueNotificationEmail: async () => undefined,
      enqueueImport: async () => undefined,
      enqueueMassAct: async () => undefined,
    },
    uploads: createUploads(join(tmpdir(), 'leadnexconnect-test-uploads', randomUUID())),
    config: {
      queueSchema: QUEUE_SCHEMA,
      appUrl: 'http://localhost:3000',
      encryptionKey: '0123456789abcdef'.repeat(4),
      consentKey: '0123456789abcdef'.repeat(4),
      smtpUrl: `smtp://127.0.0.1:${sink.port}`,
      sandbox: true,
      allowPrivateMailHosts: true,
      oauthClients: {},
      leadSources: {
        keys: sample ? { apollo: SAMPLE_KEY, google_places: SAMPLE_KEY, hunter: SAMPLE_KEY } : {},
        sample: Boolean(sample),
      },
    },
  }
}
