import { openDatabase } from '../database/database'
import { readAccess, urlOf } from '../database/postgres-cluster'
import { requireWritable } from '../disk'
import { Problem } from '../problem'
import { runningHolder, takeLock } from './lock'
import { sampleSourcesEnvironment } from './sample-sources'
import { loadSecrets } from './secrets'
import { readSettings } from './settings'

/**
 * Calls `work` with this installation's database: that of DATABASE_URL, of the app that is running, or else the embedded
 * one, started for as long as the work takes.
 */
export async function withDatabase(log: (line: string) => void, work: (url: string) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDir } = readSettings(process.env)
  const running = databaseUrl ? undefined : runningDatabase(dataDir)
  if (running) return work(running)
  requireWritable(dataDir)
  const lock = databaseUrl ? undefined : takeLock(dataDir, log)
  try {
    const database = await openDatabase({ databaseUrl, dataDir, log })
    try {
      await work(database.url)
    } finally {
      await database.stop()
    }
  } finally {
    lock?.release()
  }
}

/**
 * Variables for a process that joins this installation, e.g. a further worker: given ones, completed by those of the
 * running app. Throws a Problem when there is neither.
 */
export function environmentToJoin(): NodeJS.ProcessEnv & { DATABASE_URL: string } {
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
  const own = settings.authSecret && settings.encryptionKey ? undefined : loadSecrets(dataDir)
  // Two processes on different times would each see the other's emails as due, or as far ahead.
  const clock = settings.clock ?? holder?.clock
  return {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SMTP_URL: smtpUrl,
    SANDBOX_INBOX: String(!settings.smtpUrl),
    APP_URL: settings.appUrl ?? holder?.url ?? `http://localhost:${settings.port}`,
    AUTH_SECRET: settings.authSecret ?? own?.authSecret,
    ENCRYPTION_KEY: settings.encryptionKey ?? own?.encryptionKey,
    ...(clock && { CLOCK_START: clock.start, CLOCK_SPEED: String(clock.speed) }),
    ...(holder?.sourcesPort && sampleSourcesEnvironment(holder.sourcesPort)),
  }
}

function runningDatabase(dataDir: string): string | undefined {
  const access = runningHolder(dataDir)?.embedded ? readAccess(dataDir) : undefined
  return access && urlOf(access, 'leadnexconnect')
}
