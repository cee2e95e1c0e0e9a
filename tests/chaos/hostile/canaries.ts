import { randomBytes } from 'node:crypto'

/** Text that occurs nowhere by chance. */
export const canary = (): string => `canary${randomBytes(12).toString('hex')}`

export type Hit = { secret: string; where: string }

/** Names of the secrets that occur in a text: plainly, or as the wire, a log or a dump may write them. */
export function findSecrets(secrets: Readonly<Record<string, string>>, text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    spellings(secret).some((one) => text.includes(one)) ? [name] : [],
  )
}

const known = new Map<string, string[]>()

function spellings(secret: string): string[] {
  const made = known.get(secret) ?? [
    secret,
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    [...secret].reverse().join(''),
    Buffer.from(secret, 'utf16le').toString('latin1'),
    // Base64 of a longer text, with the secret at any place in it: what its neighbours have a part in is left out.
    ...[0, 1, 2].flatMap((before) => ['base64', 'base64url'].map((way) => inner(secret, before, way as 'base64'))),
  ]
  known.set(secret, made)
  return made
}

function inner(secret: string, before: number, way: 'base64' | 'base64url'): string {
  const text = Buffer.from('x'.repeat(before) + secret)
  return text
    .subarray(0, text.length - (text.length % 3))
    .toString(way)
    .slice(before === 0 ? 0 : 4)
}
