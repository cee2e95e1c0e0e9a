import type { Deps } from '@/deps'
import { domainOf, normaliseEmail } from '@/domain/lead/email'
import {
  type FoundServers,
  type NamedServers,
  type ServerOrigin,
  serversOfRecords,
  usualServers,
} from '@/domain/mailbox/found-servers'
import type { MailServer } from '@/domain/mailbox/presets/preset'
import { type Autoconfig, createAutoconfig, ownAutoconfigUrls, providerListUrl } from '@/mail/autoconfig'
import { createDnsLookup, type DnsLookup } from '@/mail/dns-lookup'
import { createGreets, type Greets } from '@/mail/greeting'
import { type FoundProvider, getProvider } from './get-provider'

/** Ways to find servers; each takes at most 5 s. */
export type ServerSearch = { dns: DnsLookup; autoconfig: Autoconfig; greets: Greets }

export type FoundMailbox = FoundProvider & {
  /** Servers of a domain whose provider is not known; null where none were found, or none were looked for. */
  servers: FoundServers | null
}

const createSearch = ({ dnsServers, allowPrivateMailHosts }: Deps['config']): ServerSearch => ({
  dns: createDnsLookup({ servers: dnsServers }),
  autoconfig: createAutoconfig(),
  greets: createGreets({ allowPrivate: allowPrivateMailHosts }),
})

/**
 * Finds the servers of an address: those of its provider where that is known, by its domain or by MX; else what the domain
 * publishes (Mozilla's autoconfig), Mozilla's list of providers, SRV records, and last the usual names that greet. What one of
 * them leaves open the next may fill in.
 * @throws {DomainError} invalid_input when it is no address
 */
export async function getServers(
  { config }: Pick<Deps, 'config'>,
  { address }: { address: string },
  search: ServerSearch = createSearch(config),
): Promise<FoundMailbox> {
  let mx: string[] = []
  const provider = await getProvider({ address }, async (domain) => {
    const hosts = await search.dns.mx(domain)
    mx = hosts?.filter((host) => host !== '') ?? []
    return hosts && mx
  })
  const checked = normaliseEmail(address)
  if (provider.found || !checked.ok) return { ...provider, servers: null }
  return { ...provider, servers: await searchServers(search, checked.email, mx) }
}

async function searchServers(
  search: ServerSearch,
  address: string,
  mx: readonly string[],
): Promise<FoundServers | null> {
  const domain = domainOf(address)
  const published = async () => {
    const answers = await Promise.all(ownAutoconfigUrls(domain, address).map((url) => search.autoconfig(url, address)))
    return answers.find((answer) => answer !== null) ?? null
  }
  const records = async () => {
    const [submissions, submission, imaps] = await Promise.all(
      ['_submissions', '_submission', '_imaps'].map((service) => search.dns.srv(`${service}._tcp.${domain}`)),
    )
    return serversOfRecords({ submissions: submissions ?? null, submission: submission ?? null, imaps: imaps ?? null })
  }
  const steps: [ServerOrigin, () => Promise<NamedServers | null>][] = [
    ['autoconfig', published],
    ['provider_list', () => search.autoconfig(providerListUrl(domain), address)],
    ['service_records', records],
    ['usual_names', () => greeting(search.greets, usualServers(domain, mx))],
  ]
  let found: FoundServers | null = null
  for (const [origin, step] of steps) {
    if (found?.smtp && found.imap) break
    const named = await step()
    if (!named) continue
    found = joined(found, { ...named, origin })
  }
  return found
}

/** What was found, with what it leaves open taken from what was found later. */
const joined = (found: FoundServers | null, next: FoundServers): FoundServers =>
  found ? { ...found, smtp: found.smtp ?? next.smtp, imap: found.imap ?? next.imap } : next

/** The first of each kind that greets; null where none does. */
async function greeting(
  greets: Greets,
  tried: { smtp: MailServer[]; imap: MailServer[] },
): Promise<NamedServers | null> {
  const firstOf = async (kind: 'smtp' | 'imap') => {
    const answers = await Promise.all(tried[kind].map((server) => greets(kind, server)))
    return tried[kind].find((_, index) => answers[index]) ?? null
  }
  const [smtp, imap] = await Promise.all([firstOf('smtp'), firstOf('imap')])
  return smtp || imap ? { smtp, imap, user: null } : null
}
