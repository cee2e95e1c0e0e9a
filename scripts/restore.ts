import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { backupTime } from '../src/domain/backup/restored'
import { counted } from '../src/domain/counted'
import { QUEUE_SCHEMA } from '../src/queue/queue-schema'
import { type OpenBackup, openBackup } from '../src/use-cases/maintenance/open-backup'
import { type Restored, restoreBackup } from '../src/use-cases/maintenance/restore-backup'
import { placeSecrets, readPassphrase, requireSameKeys } from './lib/app/backed-up-secrets'
import { withDatabase } from './lib/app/installation'
import { refusalsAsProblems, withSql } from './lib/app/join-installation'
import { runningHolder } from './lib/app/lock'
import { readSettings } from './lib/app/settings'
import { databaseTime } from './lib/database/database-time'
import { whileNobodyMigrates } from './lib/database/migration-lock'
import { readMigrationScripts } from './lib/database/migrations'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run restore -- FILE [--replace]  makes the database what it was when the backup was made, or leaves it as it is. The app is
// stopped for it, and starts paused afterwards.
await runScript(async () => {
  const { file, replace } = readArguments()
  const settings = readSettings(process.env)
  if (runningHolder(settings.dataDir))
    throw new Problem('The app is running here. Nothing was changed. Stop it first (Ctrl-C).')
  const backup = await refusalsAsProblems(() => openBackup(resolve(process.env.INIT_CWD ?? '.', file)))
  const secrets = await backup.openSecrets(await readPassphrase('known', process.env))
  if (!secrets)
    throw new Problem(
      'The passphrase is not the one that the backup was made with. Nothing was changed. Try another one.',
    )
  requireSameKeys(settings, secrets)
  await withDatabase(console.error, async (url) => {
    const restored = await restore(url, { backup, replace, queueSchema: settings.queueSchema ?? QUEUE_SCHEMA })
    const kept = placeSecrets(settings, secrets)
    console.log(inWords(backup, restored))
    if (kept) console.log(`The keys are in ${settings.dataDir}/secrets.json; those that were there stay beside them.`)
  })
})

function readArguments(): { file: string; replace: boolean } {
  const { values, positionals } = parseArgs({
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [file, ...more] = positionals
  if (!file || more.length > 0)
    throw new Problem(
      'Name the backup: npm run restore -- FILE, with --replace where the database is not empty. Nothing was changed.',
    )
  return { file, replace: values.replace }
}

type Restore = { backup: OpenBackup; replace: boolean; queueSchema: string }

async function restore(url: string, options: Restore): Promise<Restored> {
  const migrations = await readMigrationScripts()
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await whileNobodyMigrates(client, { log: console.error }, () =>
      withSql(url, async (sql) => restoreBackup(sql, { ...options, migrations, at: await databaseTime(sql) })),
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

function inWords({ manifest }: OpenBackup, restored: Restored): string {
  const {
    rows,
    migrated,
    leftOut,
    optOutsKept,
    optOutsLost,
    campaignsPaused,
    startsTakenBack,
    emailsHeld,
    repliesHeld,
  } = restored
  const waiting = [
    campaignsPaused > 0 && `${counted(campaignsPaused, 'campaign')} paused`,
    startsTakenBack > 0 && `${counted(startsTakenBack, 'planned start')} taken back`,
    emailsHeld > 0 && `${counted(emailsHeld, 'email')} held, which may have left since`,
    repliesHeld > 0 && `${counted(repliesHeld, 'reply', 'replies')} held, which may have left since`,
  ].filter(Boolean)
  return [
    `Restored what was there on ${backupTime(manifest.takenAt)}: ${counted(rows, 'row')}.`,
    leftOut.length > 0 ? `Left out, since they are not LeadNexConnect's: ${leftOut.join(', ')}.` : '',
    migrated.length > 0 ? `Brought up to this version: ${migrated.join(', ')}.` : '',
    optOutsKept > 0
      ? `${counted(optOutsKept, 'opt-out')} of the replaced database ${optOutsKept === 1 ? 'was' : 'were'} kept.`
      : '',
    optOutsLost > 0
      ? `${counted(optOutsLost, 'opt-out')} of erased people could not be kept: the replaced database had another key.`
      : '',
    waiting.length > 0
      ? `Nothing is sent or bought by itself: ${waiting.join(', ')}.`
      : 'Nothing is sent or bought by itself.',
    'Start the app: it says what is missing.',
  ]
    .filter(Boolean)
    .join('\n')
}
