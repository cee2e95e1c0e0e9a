import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

// What sealed texts of before keys had ids of their own begin with.
const ANY_KEY = 'k1'
const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM with a random nonce. `place` (table/row/column) is bound in, so that a ciphertext moved elsewhere does
 * not open. Returns `keyId.nonce.tag.ciphertext`, base64url; the id tells which of several keys sealed it. `key`: 32 bytes,
 * hexadecimal.
 */
export const encrypt = (key: string, plain: string, place: string): string =>
  `${keyIdOf(key)}.${sealText(Buffer.from(key, 'hex'), plain, place)}`

/**
 * Opens a sealed text with the one of `keys` that its id names.
 * @throws when the text was changed, moved to another place, or sealed with none of them
 */
export function decrypt(keys: string | readonly string[], sealed: string, place: string): string {
  const [keyId = '', ...parts] = sealed.split('.')
  for (const key of typeof keys === 'string' ? [keys] : keys) {
    if (keyId !== ANY_KEY && keyId !== keyIdOf(key)) continue
    const plain = openText(Buffer.from(key, 'hex'), parts, place)
    if (plain !== null) return plain
  }
  throw new Error(`The secret at ${place} cannot be read`)
}

/** AES-256-GCM with a random nonce, bound to what `boundTo` says: `nonce.tag.ciphertext`, base64url. `key`: 32 bytes. */
export function sealText(key: Buffer, plain: string, boundTo: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')).join('.')
}

/** The text in its parts; null where they are another key's, bound to something else, altered or cut off. */
export function openText(key: Buffer, parts: readonly string[], boundTo: string): string | null {
  const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (nonce?.length !== NONCE_BYTES || tag?.length !== TAG_BYTES || !text) return null
  const decipher = createDecipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo)).setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** The id of a key in what it sealed. */
const keyIdOf = (key: string) => `k${fingerprintOf(key).slice(0, 8)}`

/** Names a key without giving it away: a keyed hash, the same for the same key. `key`: 32 bytes, hexadecimal. */
export function fingerprintOf(key: string): string {
  const derived = Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), '', 'fingerprint', 32))
  return createHmac('sha256', derived).update('installation').digest('hex').slice(0, 32)
}

/**
 * The key that signs unsubscribe links and hashes addresses, as an installation's first start derives it from the key that
 * protects stored credentials. Kept sealed from then on: that key may change, this one never does. 32 bytes, hexadecimal.
 */
export const deriveConsentKey = (encryptionKey: string): string =>
  Buffer.from(hkdfSync('sha256', Buffer.from(encryptionKey, 'hex'), '', 'unsubscribe', 32)).toString('hex')

// Made once for a key: making one costs more than a hash.
const hashingKeys = new Map<string, KeyObject>()
const signingKeys = new Map<string, KeyObject>()

function keyObjectOf(known: Map<string, KeyObject>, consentKey: string, make: () => Buffer): KeyObject {
  const made = known.get(consentKey) ?? createSecretKey(make())
  known.set(consentKey, made)
  return made
}

/**
 * Keyed hash of an email address (HMAC-SHA256 of its lower-case spelling), hexadecimal: tells whether an address is known
 * after the address itself was erased, and tells nothing to whoever has not got the consent key.
 */
export function addressHash(consentKey: string, email: string): string {
  const key = keyObjectOf(hashingKeys, consentKey, () =>
    Buffer.from(hkdfSync('sha256', Buffer.from(consentKey, 'hex'), '', 'address hash', 32)),
  )
  return createHmac('sha256', key).update(email.trim().toLowerCase()).digest('hex')
}

/** An address with its keyed hash, as the suppression list is asked for it. */
export const hashedAddress = (consentKey: string, email: string) => ({ email, hash: addressHash(consentKey, email) })

function signatureOf(consentKey: string, id: string) {
  const key = keyObjectOf(signingKeys, consentKey, () => Buffer.from(consentKey, 'hex'))
  return createHmac('sha256', key).update(id).digest().subarray(0, 16)
}

/** Signs the id of a scheduled email. The token holds no address and never expires. */
export const unsubscribeToken = (consentKey: string, id: string): string =>
  `${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}${signatureOf(consentKey, id).toString('base64url')}`

/** The id a token was made for, or null for any other text than the one that this key has made for it. */
export function readUnsubscribeToken(consentKey: string, token: string): string | null {
  if (!/^[\w-]{44}$/.test(token)) return null
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  // As text: the last letters of both halves have bits that decoding drops.
  return timingSafeEqual(Buffer.from(token), Buffer.from(unsubscribeToken(consentKey, id))) ? id : null
}
