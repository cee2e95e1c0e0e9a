import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createBackup } from '../src/use-cases/maintenance/create-backup'
import { readPassphrase, secretsToBackUp } from './lib/app/backed-up-secrets'
import { withDatabase } from './lib/app/installation'
import { withSql } from './lib/app/join-installation'
import { readSettings } from './lib/app/settings'
import { databaseTime } from './lib/database/database-time'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run backup -- FILE  writes all that the database holds, as it is at one moment, and the keys, sealed with a passphrase. The app
// may go on.
await runScript(async () => {
  const [file, ...more] = process.argv.slice(2)
  if (!file || more.length > 0)
    throw new Problem('Name the file to write: npm run backup -- FILE. Nothing was written.')
  const path = resolve(process.env.INIT_CWD ?? '.', file)
  if (existsSync(path)) throw new Problem(`${path} is there already. Nothing was written. Name another file.`)
  const settings = readSettings(process.env)
  if (!settings.databaseUrl && !existsSync(join(settings.dataDir, 'postgres', 'PG_VERSION')))
    throw new Problem('There is no database yet: nothing to back up.')
  const secrets = secretsToBackUp(settings)
  const passphrase = await readPassphrase('new', process.env)
  await withDatabase(console.error, async (url) => {
    const made = await withSql(url, async (sql) =>
      createBackup(sql, { path, secrets, passphrase, at: await databaseTime(sql) }),
    )
    const { tables, rows, bytes } = made
    console.log(
      `${path}: ${tables} tables, ${rows.toLocaleString('en-US')} rows, ${(bytes / 1024 / 1024).toFixed(1)} MiB. ` +
        'The keys in it open with the passphrase alone: keep that somewhere else.',
    )
  })
})
