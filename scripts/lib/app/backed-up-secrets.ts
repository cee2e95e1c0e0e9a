import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type BackedUpSecrets, SHORTEST_PASSPHRASE } from '../../../src/domain/backup/secrets'
import { Problem } from '../problem'
import { keepSecrets, readSecrets, type Secrets } from './secrets'
import type { readSettings } from './settings'

type Settings = ReturnType<typeof readSettings>

/** The keys that this installation works with. Makes none. */
export function secretsToBackUp({ dataDir, ...given }: Settings): BackedUpSecrets {
  const kept = given.authSecret && given.encryptionKey ? undefined : readSecrets(dataDir)
  const authSecret = given.authSecret ?? kept?.authSecret
  const encryptionKey = given.encryptionKey ?? kept?.encryptionKey
  if (!authSecret || !encryptionKey) {
    throw new Problem(
      `There are no keys to back up: AUTH_SECRET or ENCRYPTION_KEY is not set, and ${join(dataDir, 'secrets.json')} is missing. ` +
        'Nothing was written. Set both as the app has them.',
    )
  }
  const former = [...(given.formerEncryptionKeys ?? []), ...(kept?.formerEncryptionKeys ?? [])]
  return { authSecret, encryptionKey, ...(former.length > 0 && { formerEncryptionKeys: former }) }
}

/** Throws a Problem where the environment holds other keys than the backup: the app would not open what is restored. */
export function requireSameKeys(settings: Settings, secrets: BackedUpSecrets): void {
  const differing = [
    ...(settings.encryptionKey && !isSame(settings.encryptionKey, secrets.encryptionKey) ? ['ENCRYPTION_KEY'] : []),
    ...(settings.authSecret && settings.authSecret !== secrets.authSecret ? ['AUTH_SECRET'] : []),
  ]
  if (differing.length === 0) return
  throw new Problem(
    `${differing.join(' and ')} of the environment ${differing.length > 1 ? 'are' : 'is'} not what the backup was made with. Nothing was changed. ` +
      `Set ${differing.length > 1 ? 'them' : 'it'} to that, or leave both out: the backup's are then kept in ${join(settings.dataDir, 'secrets.json')}.`,
  )
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/**
 * Keeps the keys of a backup in the data folder, unless the environment holds them; those that were there stay beside them, as former
 * ones. Returns whether it wrote them.
 */
export function placeSecrets({ dataDir, authSecret, encryptionKey }: Settings, backedUp: BackedUpSecrets): boolean {
  if (authSecret && encryptionKey) return false
  const present = presentSecrets(dataDir)
  const former = [
    ...(present ? [present.encryptionKey, ...(present.formerEncryptionKeys ?? [])] : []),
    ...(backedUp.formerEncryptionKeys ?? []),
  ].filter((key, i, all) => !isSame(key, backedUp.encryptionKey) && all.indexOf(key) === i)
  const { authSecret: secret, encryptionKey: key } = backedUp
  keepSecrets(dataDir, {
    authSecret: secret,
    encryptionKey: key,
    ...(former.length > 0 && { formerEncryptionKeys: former }),
  })
  return true
}

/** The keys of before; a damaged file is what a restore is for, and stays beside the new one. */
function presentSecrets(dataDir: string): Secrets | undefined {
  try {
    return readSecrets(dataDir)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    copyFileSync(join(dataDir, 'secrets.json'), join(dataDir, 'secrets.json.damaged'))
    return undefined
  }
}

/** The passphrase of the environment, else one that is typed without being shown. A new one is typed twice, and must be long enough. */
export async function readPassphrase(how: 'new' | 'known', env: NodeJS.ProcessEnv): Promise<string> {
  const given = env.BACKUP_PASSPHRASE || undefined
  if (!given && !process.stdin.isTTY)
    throw new Problem('BACKUP_PASSPHRASE is not set, and there is no terminal to ask at. Nothing was changed. Set it.')
  const passphrase = given ?? (await ask('Passphrase: '))
  if (how === 'known') return passphrase
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new Problem(
      `The passphrase is shorter than ${SHORTEST_PASSPHRASE} characters. Nothing was written. Take a longer one.`,
    )
  if (!given && (await ask('Once more: ')) !== passphrase)
    throw new Problem('The two passphrases are not the same. Nothing was written.')
  return passphrase
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
