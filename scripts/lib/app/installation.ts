import { QUEUE_SCHEMA } from '../../../src/queue/queue-schema'
import { openDatabase } from '../database/database'
import { requireWritable } from '../disk'
import { Problem } from '../problem'
import { runningHolder, takeLock } from './lock'
import { runningDatabase } from './running-database'
import { sampleSourcesEnvironment } from './sample-sources'
import { readSecrets, type Secrets } from './secrets'
import { readSettings } from './settings'

/**
 * Calls `work` with this installation's database: that of DATABASE_URL, of the app that is running, or else the embedded
 * one, started for as long as the work takes.
 */
export async function withDatabase(log: (line: string) => void, work: (url: string) => Promise<void>): Promise<void> {
  const { databaseUrl, directUrl, dataDir, queueSchema } = readSettings(process.env)
  const running = databaseUrl ? undefined : runningDatabase(dataDir)
  if (running) return work(running)
  requireWritable(dataDir)
  const lock = databaseUrl ? undefined : takeLock(dataDir, log)
  try {
    const database = await openDatabase({ databaseUrl, directUrl, queueSchema, dataDir, log })
    try {
      await work(database.directUrl)
    } finally {
      await database.stop()
    }
  } finally {
    lock?.release()
  }
}

type JoinEnvironment = Record<
  'DATABASE_URL' | 'DIRECT_DATABASE_URL' | 'PGBOSS_SCHEMA' | 'ENCRYPTION_KEY' | 'SANDBOX_INBOX' | 'APP_URL',
  string
>

/**
 * Variables for a process that joins this installation, e.g. a further worker: given ones, completed by those of the
 * running app. Throws a Problem when there is neither. Makes nothing.
 */
export function environmentToJoin(): NodeJS.ProcessEnv & JoinEnvironment {
  const settings = readSettings(process.env)
  const { dataDir } = settings
  const holder = runningHolder(dataDir)
  const databaseUrl = settings.databaseUrl ?? runningDatabase(dataDir)
  const smtpUrl = settings.smtpUrl ?? holder?.sandboxUrl
  if (!databaseUrl || !smtpUrl) {
    throw new Problem(
      'There is nothing to work for: no app with a database and sandbox inbox of its own is running here, and ' +
        'DATABASE_URL or SMTP_URL is not set. Nothing was started. Run "npm start" (which brings a worker of its own), or set both.',
    )
  }
  const { authSecret, encryptionKey } = requireKeys(settings)
  // Two processes on different times would each see the other's emails as due, or as far ahead.
  const clock = settings.clock ?? holder?.clock
  return {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    DIRECT_DATABASE_URL: settings.directUrl ?? databaseUrl,
    PGBOSS_SCHEMA: settings.queueSchema ?? QUEUE_SCHEMA,
    SMTP_URL: smtpUrl,
    SANDBOX_INBOX: String(!settings.smtpUrl),
    APP_URL: settings.appUrl ?? holder?.url ?? `http://localhost:${settings.port}`,
    AUTH_SECRET: authSecret,
    ENCRYPTION_KEY: encryptionKey,
    ...(clock && { CLOCK_START: clock.start, CLOCK_SPEED: String(clock.speed) }),
    ...(holder?.sourcesPort && sampleSourcesEnvironment(holder.sourcesPort)),
  }
}

/** The keys to join with. A process that joins makes none: it could open nothing that the app has stored. */
function requireKeys({ dataDir, authSecret, encryptionKey }: ReturnType<typeof readSettings>): Secrets {
  const kept = authSecret && encryptionKey ? undefined : readSecrets(dataDir)
  const keys = { authSecret: authSecret ?? kept?.authSecret, encryptionKey: encryptionKey ?? kept?.encryptionKey }
  if (keys.authSecret && keys.encryptionKey) return { authSecret: keys.authSecret, encryptionKey: keys.encryptionKey }
  const missing = [...(keys.authSecret ? [] : ['AUTH_SECRET']), ...(keys.encryptionKey ? [] : ['ENCRYPTION_KEY'])]
  throw new Problem(
    `There are no keys to join with: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set, and ` +
      `${dataDir}/secrets.json is missing. Nothing was started, and no keys were made. Set ${missing.join(' and ')} to ` +
      "the app's: its environment has them, or its .data/secrets.json.",
  )
}
