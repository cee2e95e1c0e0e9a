import { Problem } from '../problem'
import type { Variables } from './secret-files'

/** Variables that keep others out, or hold an address whose password does. A former key seals nothing any more. */
const SECRET = /^(?!FORMER_).*(_KEY|_SECRET|_TOKEN|_CODE|_URL|PASSWORD|PASSPHRASE)$/

// What stands in documents, examples and tests in the place of a secret, and what people write there until they know better.
const EXAMPLES =
  /change[-_ ]?me|example|placeholder|for[-_ ]tests|^(user|password|secret|s3cret|postgres|leadnexconnect|admin)$/i
const EXAMPLE_CODES = ['7KMR-Q2XD-9TBW']

/**
 * Throws a Problem that names the variable when a secret is none: an example of the documents, a word in its place, or a key
 * that repeats itself. Never says the value.
 */
export function refusePublishedSecrets(env: Variables): void {
  for (const [name, value = ''] of Object.entries(env)) {
    if (!SECRET.test(name) || !isPublished(secretOf(name, value.trim()))) continue
    const what = name.endsWith('_URL') ? `The password in ${name}` : name
    throw new Problem(
      `${what} is an example, which everybody can read or guess. Nothing was started. Make one of your own: openssl rand -hex 32`,
    )
  }
}

/** Of an address its password alone: hosts may be called anything. */
function secretOf(name: string, value: string): string {
  if (!name.endsWith('_URL')) return value
  const password = URL.parse(value)?.password ?? ''
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}

const isPublished = (secret: string) =>
  secret !== '' && (EXAMPLES.test(secret) || EXAMPLE_CODES.includes(secret) || repeatsItself(secret))

// Of 16 random bytes hardly two are the same; a key that was typed by hand has few different ones.
const repeatsItself = (secret: string) => secret.length >= 32 && new Set(secret.match(/../g)).size < 10
