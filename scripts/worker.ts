import { spawn } from 'node:child_process'
import { environmentToJoin } from './lib/app/installation'
import { requireInstallation } from './lib/app/join-installation'
import { BUNDLED } from './lib/app/node-args'
import { bundlePrograms } from './lib/app/programs'
import { requireDatabase } from './lib/database/database'
import { requireMigrated } from './lib/database/migrations'
import { runScript } from './lib/run-script'

// One worker of its own: beside a running app, or on a further machine with the same DATABASE_URL and keys.
await runScript(async () => {
  const env = environmentToJoin()
  await requireDatabase({
    databaseUrl: env.DATABASE_URL,
    directUrl: env.DIRECT_DATABASE_URL,
    queueSchema: env.PGBOSS_SCHEMA,
  })
  await requireMigrated(env.DIRECT_DATABASE_URL, 'npm run worker')
  await requireInstallation(env.DIRECT_DATABASE_URL, {
    encryptionKey: env.ENCRYPTION_KEY,
    sandbox: env.SANDBOX_INBOX === 'true',
    appUrl: env.APP_URL,
  })
  await bundlePrograms()
  const child = spawn(process.execPath, BUNDLED.worker, {
    env,
    stdio: 'inherit',
    // Its own process group: Ctrl-C reaches this process, which passes it on once.
    detached: true,
  })
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!asked) child.kill('SIGTERM')
      asked = true
    })
  }
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
})
