import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PROGRAMS = { postfix: '/usr/sbin/postfix', 'dovecot-imapd': '/usr/lib/dovecot/imap' } as const

/**
 * Why tests against Debian's Postfix and Dovecot cannot run here, and what they need; null where they can. No test
 * installs anything.
 */
export function missingMailServers(): string | null {
  const why = whyMissing()
  return why && `${why}. They need root on Linux, and Debian's packages ${Object.keys(PROGRAMS).join(' and ')}`
}

function whyMissing(): string | null {
  const absent = Object.entries(PROGRAMS).flatMap(([name, path]) => (existsSync(path) ? [] : [name]))
  if (absent.length > 0) return `${absent.join(' and ')} not found`
  // Each of its parts runs as a user of its own.
  if (process.getuid?.() !== 0) return 'only root can start Postfix'
  const version = execFileSync('/usr/sbin/dovecot', ['--version'], { encoding: 'utf8' }).trim()
  // Settings have other names from 2.4 on.
  return version.startsWith('2.3.') ? null : `Dovecot 2.3 is needed, and here is ${version}`
}
