import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'

// What the Open Worldwide Application Security Project asks of scrypt in 16 MiB; a sealed text begins with its name.
const KIND = 'scrypt-16384-8-5'
const COST: ScryptOptions = { N: 16_384, r: 8, p: 5, maxmem: 32 * 1024 * 1024 }
const ALGORITHM = 'aes-256-gcm'

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key))),
  )

/** Seals a text so that whoever knows the passphrase can open it, on any machine: `kind.salt.nonce.tag.text`, base64url. */
export async function sealWithPassphrase(passphrase: string, plain: string): Promise<string> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv(ALGORITHM, await keyOf(passphrase, salt), nonce).setAAD(Buffer.from(KIND))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [KIND, ...[salt, nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.')
}

/** Opens what was sealed; null with another passphrase, or where it was altered. */
export async function openWithPassphrase(passphrase: string, sealed: string): Promise<string | null> {
  const [kind, ...parts] = sealed.trim().split('.')
  const [salt, nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (kind !== KIND || !salt || nonce?.length !== 12 || tag?.length !== 16 || !text) return null
  const decipher = createDecipheriv(ALGORITHM, await keyOf(passphrase, salt), nonce)
  decipher.setAAD(Buffer.from(KIND)).setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
