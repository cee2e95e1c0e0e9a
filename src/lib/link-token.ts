import { createHash, randomBytes } from 'node:crypto'

/** What a secret link carries: 256 random bits, base64url. */
export const newLinkToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of it: SHA-256, hexadecimal. Whoever reads the database cannot use the link. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
