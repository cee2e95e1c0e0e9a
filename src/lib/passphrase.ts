import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { openText, sealText } from './encryption'

// What the Open Worldwide Application Security Project asks of scrypt in 16 MiB; a sealed text begins with its name.
const KIND = 'scrypt-16384-8-5'
const COST: ScryptOptions = { N: 16_384, r: 8, p: 5, maxmem: 32 * 1024 * 1024 }

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key))),
  )

/** Seals a text so that whoever knows the passphrase can open it, on any machine: `kind.salt.nonce.tag.text`, base64url. */
export async function sealWithPassphrase(passphrase: string, plain: string): Promise<string> {
  const salt = randomBytes(16)
  return [KIND, salt.toString('base64url'), sealText(await keyOf(passphrase, salt), plain, KIND)].join('.')
}

/** Opens what was sealed; null with another passphrase, or where it was altered. */
export async function openWithPassphrase(passphrase: string, sealed: string): Promise<string | null> {
  const [kind, salt, ...parts] = sealed.trim().split('.')
  if (kind !== KIND || salt === undefined) return null
  return openText(await keyOf(passphrase, Buffer.from(salt, 'base64url')), parts, KIND)
}
