import { join } from 'node:path'
import { createClock } from './clock'
import { createUploads } from './csv/uploads'
import { createDatabase, type Database, SCREEN_LIMITS, WORK_LIMITS } from './db/client'
import { findPooling, type Pooling } from './db/pooling'
import { hasSchema } from './db/queries/maintenance/has-schema'
import { openReplica } from './db/replica'
import { tracePrisma } from './db/trace-prisma'
import { SCREEN_WATCH, WORK_WATCH } from './db/watched-pool'
import type { Config, Deps } from './deps'
import { DomainError } from './domain/errors'
import { clockWords } from './domain/time/clock-samples'
import { env, leadSourceEnv, oauthEnv } from './env'
import { createLeadSourceApis } from './lead-sources/open-lead-sources'
import { traceRequests } from './lib/trace-requests'
import { startTracing } from './lib/tracing'
import { createLogger } from './log'
import { createSmtpMailer } from './mail/smtp-mailer'
import { type Boss, createQueue, type QueueOptions, startBoss } from './queue/boss'
import { createMeasures } from './use-cases/maintenance/create-measures'
import { storeInstallation } from './use-cases/maintenance/store-installation'
import { loadConsentKey } from './use-cases/suppression/load-consent-key'

export type BuildOptions = {
  role: 'web' | 'worker'
  /** The deadline of an SMTP transaction, from which the lease follows; absent: the mailer's own. */
  deadlineMs?: number
  /** The queues to create or bring up to date; only the process that works on them knows them. */
  queues?: QueueOptions[]
}

export type BuiltDeps = {
  deps: Deps
  boss: Boss
  /** Closes everything but the queue, which its process stops first. */
  close(): Promise<void>
}

/** Builds what use cases are given from the environment, the same way for web and worker. Called once a process. */
export async function buildDeps({ role, deadlineMs, queues = [] }: BuildOptions): Promise<BuiltDeps> {
  const log = createLogger({ name: role, level: env.LOG_LEVEL, readable: process.stdout.isTTY === true })
  const stopTracing = env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? undefined : await beginTracing(role)
  const limits = role === 'web' ? SCREEN_LIMITS : WORK_LIMITS
  const watch = role === 'web' ? SCREEN_WATCH : WORK_WATCH
  const connections = role === 'web' ? env.WEB_CONNECTIONS : env.WORKER_CONNECTIONS
  const databaseUrl = role === 'worker' ? (env.DIRECT_DATABASE_URL ?? env.DATABASE_URL) : env.DATABASE_URL
  const pooling = await poolingFor(role, databaseUrl)
  const database = createDatabase(databaseUrl, { name: `leadnexconnect-${role}`, connections, limits, pooling, watch })
  const config = configOf()
  await joinInstallation(database, config)
  const simulation = env.CLOCK_START ? { startsAt: new Date(env.CLOCK_START), speed: env.CLOCK_SPEED } : undefined
  const clock = await createClock(database.sql, simulation, (notice) => log.warn({ clock: notice }, clockWords(notice)))
  const consentKey = await loadConsentKey(database.sql, env.ENCRYPTION_KEY, clock.realNow())
  const schema = env.PGBOSS_SCHEMA
  const hasQueueSchema = await hasSchema(database.sql, schema)
  const boss = await startBoss({
    databaseUrl,
    log,
    role,
    queues,
    schema,
    hasSchema: hasQueueSchema,
    adopt: database.adopt,
  })
  const { baseUrls, sample } = leadSourceEnv()
  const replicaUrl = role === 'web' ? env.DATABASE_REPLICA_URL : undefined
  const replica = replicaUrl ? openReplica(replicaUrl, { connections, primary: database.sql }) : undefined
  const deps: Deps = {
    db: database.models,
    sql: database.sql,
    clock,
    random: Math.random,
    log,
    queue: createQueue(boss, log),
    mailer: createSmtpMailer({ deadlineMs }),
    leadSources: createLeadSourceApis({ baseUrls, local: sample }),
    uploads: createUploads(join(env.DATA_DIR, 'uploads')),
    config: { ...config, consentKey },
    replica,
    measures: env.METRICS_TOKEN === undefined ? undefined : createMeasures(),
  }
  const close = async () => {
    deps.mailer.close()
    await deps.leadSources.close()
    clock.stop()
    await replica?.close()
    await database.close()
    await stopTracing?.().catch((err: Error) => log.warn({ err }, 'the last traces were not sent'))
  }
  return { deps, boss, close }
}

const beginTracing = (role: BuildOptions['role']) =>
  startTracing({
    service: `leadnexconnect-${role}`,
    share: env.OTEL_TRACES_SAMPLER_ARG,
    begins: (name) => /^(job|call) /.test(name),
    instrument: [tracePrisma, traceRequests],
  })

function configOf(): Omit<Config, 'consentKey'> {
  const { baseUrls: _, ...leadSources } = leadSourceEnv()
  return {
    appUrl: env.APP_URL,
    encryptionKey: env.ENCRYPTION_KEY,
    smtpUrl: env.SMTP_URL,
    sandbox: env.SANDBOX_INBOX,
    queueSchema: env.PGBOSS_SCHEMA,
    allowPrivateMailHosts: env.ALLOW_PRIVATE_MAIL_HOSTS,
    dnsServers: env.DNS_SERVERS,
    oauthClients: oauthEnv(),
    backups: backupsOf(),
    leadSources,
  }
}

function backupsOf(): Config['backups'] {
  const { BACKUP_DIRECTORY: directory, BACKUP_PASSPHRASE: passphrase } = env
  if (!directory || !passphrase) return undefined
  return { directory, passphrase, secrets: { authSecret: env.AUTH_SECRET, encryptionKey: env.ENCRYPTION_KEY } }
}

/** How the address is pooled. Ends the process, with plain words, where that is no way for its work. */
async function poolingFor(role: BuildOptions['role'], url: string): Promise<Pooling> {
  const pooling = await findPooling(url)
  if (pooling === 'none' || pooling === 'session' || (pooling === 'transaction' && role === 'web')) return pooling
  process.stderr.write(
    `${env.DIRECT_DATABASE_URL ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'} leads to a pooler in ${pooling} mode, which a ${role} process cannot use. ` +
      'Set DIRECT_DATABASE_URL to an address that leads to PostgreSQL itself.\n',
  )
  process.exit(1)
}

/** Ends the process, with plain words, when the database is another installation's; nothing has been written by then. */
async function joinInstallation({ sql }: Database, config: Omit<Config, 'consentKey'>): Promise<void> {
  try {
    await storeInstallation(sql, config, new Date())
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
