import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../problem'

/** `formerEncryptionKeys`: those that sealed before, the latest first; a backup of then needs its own. */
export type Secrets = { authSecret: string; encryptionKey: string; formerEncryptionKeys?: string[] }

const isKey = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value)

export const makeKey = () => randomBytes(32).toString('hex')

/**
 * The installation's own secrets, made once and kept in `secrets.json` for the owner only. Throws a Problem when the
 * file is there but damaged: new secrets would make the stored credentials unreadable.
 */
export function loadSecrets(dataDir: string): Secrets {
  const kept = readSecrets(dataDir)
  if (kept) return kept
  const secrets = { authSecret: makeKey(), encryptionKey: makeKey() }
  keepSecrets(dataDir, secrets)
  return secrets
}

const pathIn = (dataDir: string) => join(dataDir, 'secrets.json')

/**
 * Writes the secrets so that they outlast a power cut at any moment: the file, then its name. Renamed into place, so that a
 * full disk never leaves half a file behind.
 */
export function keepSecrets(dataDir: string, secrets: Secrets): void {
  const path = pathIn(dataDir)
  flushed(`${path}.new`, 'w', (file) => fs.writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`))
  fs.renameSync(`${path}.new`, path)
  // A folder is no file on Windows.
  if (process.platform !== 'win32') flushed(dirname(path), 'r')
}

function flushed(path: string, flags: 'r' | 'w', write?: (file: number) => void): void {
  const file = fs.openSync(path, flags, 0o600)
  try {
    write?.(file)
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

/** The secrets that were made before; undefined without any. Makes none. Throws a Problem when they are damaged. */
export function readSecrets(dataDir: string): Secrets | undefined {
  const path = pathIn(dataDir)
  if (!fs.existsSync(path)) return undefined
  try {
    const { authSecret, encryptionKey, formerEncryptionKeys } = JSON.parse(fs.readFileSync(path, 'utf8'))
    const former: unknown[] = Array.isArray(formerEncryptionKeys) ? formerEncryptionKeys : []
    if (typeof authSecret === 'string' && isKey(encryptionKey) && former.every(isKey)) {
      return { authSecret, encryptionKey, ...(former.length > 0 && { formerEncryptionKeys: former }) }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Problem(
    `${path} is damaged. It protects the stored mailbox passwords, so it was left as it is and nothing was started. ` +
      'Restore it from a backup, or set AUTH_SECRET and ENCRYPTION_KEY.',
  )
}
