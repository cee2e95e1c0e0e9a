import type { MailServer } from './presets/preset'

/** Servers of a mailbox as they were found; null for what nobody names. */
export type NamedServers = {
  smtp: MailServer | null
  imap: MailServer | null
  /** What to sign in as; null: not said. */
  user: string | null
}

/** Where servers were found: what the domain publishes, Mozilla's list of providers, records of services, or names that are usual. */
export type ServerOrigin = 'autoconfig' | 'provider_list' | 'service_records' | 'usual_names'

export type FoundServers = NamedServers & { origin: ServerOrigin }

/** An SRV record of a domain. */
export type ServiceRecord = { host: string; port: number; priority: number; weight: number }

/** Records of the services that a mailbox needs (RFC 6186, RFC 8314); null where nobody answered. */
export type ServiceRecords = Record<'submissions' | 'submission' | 'imaps', readonly ServiceRecord[] | null>

/** Servers as the records name them, the encrypted connection first; null where they name none. */
export function serversOfRecords({ submissions, submission, imaps }: ServiceRecords): NamedServers | null {
  const smtp = serverOf(submissions, 'tls') ?? serverOf(submission, 'starttls')
  const imap = serverOf(imaps, 'tls')
  return smtp || imap ? { smtp, imap, user: null } : null
}

/** The lowest priority, then the highest weight. A lone dot says that there is no such service. */
function serverOf(records: readonly ServiceRecord[] | null, security: MailServer['security']): MailServer | null {
  const [first] = (records ?? [])
    .filter(({ host, port }) => isHostName(host) && port > 0)
    .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
  return first ? { host: first.host.toLowerCase(), port: first.port, security } : null
}

/** A name with a dot, as a mail server has one. */
export const isHostName = (host: string): boolean =>
  host.length <= 253 && /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/i.test(host)

/** Servers to try for a domain that publishes nothing, the likeliest first. `mx`: the names of those that take its email. */
export function usualServers(domain: string, mx: readonly string[]): { smtp: MailServer[]; imap: MailServer[] } {
  const own = mx.filter((host) => isHostName(host) && host.toLowerCase().endsWith(`.${domain}`)).slice(0, 1)
  const at = (names: readonly string[], port: number, security: MailServer['security']): MailServer[] =>
    [...new Set([...names.map((name) => `${name}.${domain}`), ...own])].map((host) => ({ host, port, security }))
  return {
    smtp: [...at(['smtp', 'mail'], 465, 'tls'), ...at(['smtp', 'mail'], 587, 'starttls')],
    imap: [...at(['imap', 'mail'], 993, 'tls'), ...at(['imap', 'mail'], 143, 'starttls')],
  }
}
