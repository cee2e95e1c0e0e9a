import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { changeEncryptionKey } from '../src/use-cases/maintenance/change-encryption-key'
import { withDatabase } from './lib/app/installation'
import { withSql } from './lib/app/join-installation'
import { runningHolder } from './lib/app/lock'
import { keepSecrets, makeKey, readSecrets } from './lib/app/secrets'
import { readSettings } from './lib/app/settings'
import { requireMigrated } from './lib/database/migrations'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run keys:rotate  seals all stored passwords and keys with a new key: with that of ENCRYPTION_KEY, where the environment
// holds the keys, else with one that is made and kept in the data folder. Safe to run again after it was cut off.
await runScript(async () => {
  const settings = readSettings(process.env)
  const { databaseUrl, dataDir } = settings
  if (runningHolder(dataDir)) throw new Problem('The app is running here. Nothing was changed. Stop it first (Ctrl-C).')
  if (!databaseUrl && !existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new Problem('There is no database yet: nothing is sealed that a new key could seal anew.')
  }
  await withDatabase(console.error, async (url) => {
    await requireMigrated(url, 'npm run keys:rotate')
    const given = settings.encryptionKey ? givenKeys(settings) : undefined
    const begun = given ?? keptKeys(dataDir)
    const change = (keys: Keys) => withSql(url, (sql) => changeEncryptionKey(sql, keys, new Date()))
    const changed =
      (begun.formerKeys.length > 0 ? await change(begun) : null) ?? (given ? null : await change(nextKeys(dataDir)))
    if (!changed) {
      throw new Problem(
        'What is stored is sealed with ENCRYPTION_KEY already. Nothing was changed. To change the key, set ENCRYPTION_KEY to a new ' +
          'one, and FORMER_ENCRYPTION_KEYS to the present one.',
      )
    }
    const { passwords, sourceKeys, keys, unopened } = changed
    console.log(
      `Sealed anew: passwords of mailboxes ${passwords}, keys of lead sources ${sourceKeys}, own keys ${keys}.`,
    )
    if (unopened > 0)
      console.log(`Not opened by any key, and left as it was: ${unopened}. Enter it again in the settings.`)
    console.log(
      given
        ? 'Keep the former key beside your backups: those of before need it. Start the app with the new one.'
        : `The new key is in ${join(dataDir, 'secrets.json')}, and the former one beside it: backups of before need it.`,
    )
  })
})

type Keys = { encryptionKey: string; formerKeys: readonly string[] }

function givenKeys({ encryptionKey = '', formerEncryptionKeys = [] }: ReturnType<typeof readSettings>): Keys {
  return { encryptionKey, formerKeys: formerEncryptionKeys }
}

/** The keys of the data folder. With former ones among them, a change may have begun that has not ended. */
function keptKeys(dataDir: string): Keys {
  const kept = readSecrets(dataDir)
  if (!kept) {
    throw new Problem(
      `There is no key: ENCRYPTION_KEY is not set, and ${join(dataDir, 'secrets.json')} is missing. Nothing was changed.`,
    )
  }
  return { encryptionKey: kept.encryptionKey, formerKeys: kept.formerEncryptionKeys ?? [] }
}

/** A new key, kept with those of before it is used: whenever this ends, no key that sealed anything is lost. */
function nextKeys(dataDir: string): Keys {
  const kept = readSecrets(dataDir)
  if (!kept) throw new Problem(`${join(dataDir, 'secrets.json')} is gone. Nothing was changed.`)
  const encryptionKey = makeKey()
  const formerEncryptionKeys = [kept.encryptionKey, ...(kept.formerEncryptionKeys ?? [])]
  keepSecrets(dataDir, { ...kept, encryptionKey, formerEncryptionKeys })
  return { encryptionKey, formerKeys: formerEncryptionKeys }
}
