import { storeCheckIf } from '@/db/queries/mailboxes/mailbox-checks'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { domainOf } from '@/domain/lead/email'
import { type Check, checkDetails } from '@/domain/mailbox/mailbox-checks'
import { presetOfPublicServer } from '@/domain/mailbox/presets/find-preset'
import {
  alignedWith,
  dkimCheck,
  dkimName,
  dmarcCheck,
  dmarcNames,
  MOST_SPF_LOOKUPS,
  mxCheck,
  type SpfFacts,
  spfCheck,
  spfRecords,
  spfTargets,
  type Texts,
} from '@/domain/mailbox/sender-records'
import { createDnsLookup, type DnsLookup } from '@/mail/dns-lookup'

/**
 * Looks up the records of the domain that a mailbox sends from, and stores what each of them says. Nobody signs in anywhere.
 * @throws {DomainError} not_found
 */
export async function checkDomain(
  deps: Pick<Deps, 'db' | 'sql' | 'clock' | 'config'>,
  { mailboxId }: { mailboxId: string },
  dns: DnsLookup = createDnsLookup({ servers: deps.config.dnsServers }),
): Promise<void> {
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId }, include: { checks: true } })
  if (!mailbox) throw new DomainError('not_found', 'This mailbox does not exist any more.')
  const { fromEmail, smtpHost, settingsVersion } = mailbox
  const domain = domainOf(fromEmail).toLowerCase()
  const trip = checkDetails
    .nullable()
    .catch(null)
    .parse(mailbox.checks.find(({ name }) => name === 'round_trip')?.details)
  const found = await Promise.all([
    dns.mx(domain).then((hosts) => mxCheck(domain, hosts)),
    spfFacts(dns, domain, smtpHost).then((facts) => spfCheck(domain, facts)),
    dkimOf(dns, domain, trip?.signedBy ?? null),
    Promise.all(dmarcNames(domain).map((name) => dns.txt(name))).then((texts) => dmarcCheck(domain, fromEmail, texts)),
  ])
  const at = deps.clock.realNow()
  for (const check of found) await storeCheckIf(deps.sql, { mailboxId, settingsVersion, at, check })
}

async function dkimOf(
  dns: DnsLookup,
  domain: string,
  signedBy: { domain: string; selector: string }[] | null,
): Promise<Check> {
  const names = alignedWith(domain, signedBy ?? []).map(dkimName)
  const keys = new Map(
    await Promise.all(names.map(async (name): Promise<[string, Texts]> => [name, await dns.txt(name)])),
  )
  return dkimCheck(domain, signedBy, keys)
}

/** The record of the domain and those that it leads to, as many as a receiver would ask for and one more. */
async function spfFacts(dns: DnsLookup, domain: string, host: string | null): Promise<SpfFacts> {
  const texts = await dns.txt(domain)
  const included = new Map<string, string | null>()
  const [own] = spfRecords(texts ?? [])
  const left = own === undefined ? [] : spfTargets(own)
  for (let target = left.shift(); target !== undefined; target = left.shift()) {
    if (included.has(target)) continue
    if (included.size > MOST_SPF_LOOKUPS) break
    const found = await dns.txt(target)
    const record = found && (spfRecords(found)[0] ?? '')
    included.set(target, record)
    left.push(...spfTargets(record ?? ''))
  }
  const needed = host === null ? null : (presetOfPublicServer(host)?.spf ?? null)
  return { texts, included, needed, host }
}
