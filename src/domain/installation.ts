import { isLoopback } from './public-address'

/** What ties a database to the processes that work on it. Holds no secret. */
export type Installation = {
  /** Keyed hash of ENCRYPTION_KEY; null: the process has no key. */
  keyFingerprint: string | null
  /** Email of the mailbox of SMTP_URL leaves; otherwise the sandbox inbox keeps it on this machine. */
  live: boolean
  /** What links in emails begin with; null: this machine, whatever its port. */
  publicAddress: string | null
}

export type InstallationPart = 'encryption_key' | 'mode' | 'public_address'

/** The address as it is compared: without a slash at its end, and null for one that leads to this machine alone. */
export function publicAddressOf(appUrl: string): string | null {
  const url = URL.parse(appUrl)
  if (!url || isLoopback(appUrl)) return null
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

/** The parts in which two installations differ. */
export function differingParts(stored: Installation, present: Installation): InstallationPart[] {
  const parts: InstallationPart[] = []
  if (stored.keyFingerprint !== present.keyFingerprint) parts.push('encryption_key')
  if (stored.live !== present.live) parts.push('mode')
  if (stored.publicAddress !== present.publicAddress) parts.push('public_address')
  return parts
}
