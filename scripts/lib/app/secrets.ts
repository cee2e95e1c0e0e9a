import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../problem'

export type Secrets = { authSecret: string; encryptionKey: string }

/**
 * The installation's own secrets, made once and kept in `secrets.json` for the owner only. Throws a Problem when the
 * file is there but damaged: new secrets would make the stored credentials unreadable.
 */
export function loadSecrets(dataDir: string): Secrets {
  const kept = readSecrets(dataDir)
  if (kept) return kept
  const path = pathIn(dataDir)
  const secrets = { authSecret: randomBytes(32).toString('hex'), encryptionKey: randomBytes(32).toString('hex') }
  // Renamed into place: a full disk never leaves half a file behind.
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return secrets
}

const pathIn = (dataDir: string) => join(dataDir, 'secrets.json')

/** The secrets that were made before; undefined without any. Makes none. Throws a Problem when they are damaged. */
export function readSecrets(dataDir: string): Secrets | undefined {
  const path = pathIn(dataDir)
  if (!existsSync(path)) return undefined
  try {
    const { authSecret, encryptionKey } = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof authSecret === 'string' && /^[0-9a-f]{64}$/i.test(encryptionKey)) return { authSecret, encryptionKey }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Problem(
    `${path} is damaged. It protects the stored mailbox passwords, so it was left as it is and nothing was started. ` +
      'Restore it from a backup, or set AUTH_SECRET and ENCRYPTION_KEY.',
  )
}
