import { domainOf } from '../../lead/email'
import { DOMAIN_HOSTS } from './domain-hosts'
import { MAIL_ACCOUNTS } from './mail-accounts'
import type { MailboxPreset } from './preset'

const PRESETS: readonly MailboxPreset[] = [...MAIL_ACCOUNTS, ...DOMAIN_HOSTS]

/** The provider of an address, by its domain; null where that is nobody's we know, as every company's own. */
export function presetOfAddress(address: string): MailboxPreset | null {
  const domain = lowerCase(domainOf(address))
  return PRESETS.find(({ domains }) => domains.some((own) => isAt(domain, own))) ?? null
}

/**
 * The provider that hosts a domain, by the names in its MX records, the preferred first. Filters that stand before a provider
 * hide it: then it is null. Of two that fit, the longer name decides.
 */
export function presetOfMx(hosts: readonly string[]): MailboxPreset | null {
  for (const host of hosts) {
    const fitting = PRESETS.flatMap((preset) =>
      preset.mx.filter((end) => isAt(lowerCase(host), end)).map((end) => ({ preset, length: end.length })),
    ).sort((a, b) => b.length - a.length)
    if (fitting[0]) return fitting[0].preset
  }
  return null
}

/** The provider whose server this is, whether for sending or for reading. */
export function presetOfServer(host: string): MailboxPreset | null {
  return PRESETS.find(({ smtp, imap }) => [smtp.host, imap.host].includes(lowerCase(host))) ?? null
}

/** The same for a server on the internet: one on this machine may be a provider's bridge, or anybody's. */
export const presetOfPublicServer = (host: string): MailboxPreset | null =>
  /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(host.trim()) ? null : presetOfServer(host)

// Google shows one as four groups of four letters; its servers take the letters alone.
const GROUPED_LETTERS = /^[a-z]{4}(\s+[a-z]{4}){3}$/i

/** A password as the server takes it: an app password of Google may be pasted with its spaces. */
export function passwordFor(host: string, typed: string): string {
  const isGoogles = presetOfServer(host)?.name === 'Google'
  return isGoogles && GROUPED_LETTERS.test(typed.trim()) ? typed.replace(/\s/g, '') : typed
}

const lowerCase = (host: string) => host.trim().toLowerCase().replace(/\.$/, '')

const isAt = (host: string, end: string) => host === end || host.endsWith(`.${end}`)
