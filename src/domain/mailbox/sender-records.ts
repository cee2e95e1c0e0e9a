import { getDomain } from 'tldts'
import type { Check } from './mailbox-checks'

/** Texts of a name in the DNS: empty where there are none, null where nobody could say in time. */
export type Texts = readonly string[] | null

type Outcome = Pick<Check, 'outcome' | 'message' | 'details'>

/** A time-out or a failing name server says nothing about the record. */
const notLookedUp = (what: string): Outcome => ({
  outcome: 'unknown',
  message: `${what} could not be looked up: the name servers gave no answer. Check again later.`,
  details: null,
})

/** Whether answers can arrive. `hosts`: of the MX records. */
export function mxCheck(domain: string, hosts: Texts): Check {
  const found = hosts?.filter((host) => host !== '') ?? []
  if (hosts === null) return { name: 'mx', ...notLookedUp(`The MX record of ${domain}`) }
  if (found.length > 0) {
    const message = `Email for ${domain} goes to ${found.slice(0, 3).join(', ')}.`
    return { name: 'mx', outcome: 'ok', message, details: { found } }
  }
  if (hosts.length > 0)
    return {
      name: 'mx',
      outcome: 'wrong',
      message: `${domain} says that it takes no email, so nobody can answer and many servers refuse what it sends. Replace its MX record by the one of your provider.`,
      details: { found: ['.'] },
    }
  return {
    name: 'mx',
    outcome: 'missing',
    message: `${domain} has no MX record, so answers get lost. Your provider shows the record to add.`,
    details: null,
  }
}

/** A record of SPF: the terms after its version. */
export const spfTerms = (record: string): string[] => record.trim().split(/\s+/).slice(1)

/** The texts that are records of SPF. */
export const spfRecords = (texts: readonly string[]): string[] => texts.filter((text) => /^v=spf1(?:\s|$)/i.test(text))

/** Domains whose records a record of SPF leads to. */
export const spfTargets = (record: string): string[] =>
  spfTerms(record).flatMap((term) => {
    const target = /^(?:[+?~-]?include:|redirect=)(.+)$/i.exec(term)?.[1]
    return target && !target.includes('%') ? [target.toLowerCase().replace(/\.$/, '')] : []
  })

// RFC 7208, 4.6.4: a receiver that has made so many gives up, and the whole record counts as wrong.
export const MOST_SPF_LOOKUPS = 10
const ASKS = /^[+?~-]?(?:include:|a(?:$|[:/])|mx(?:$|[:/])|ptr(?:$|:)|exists:)|^redirect=/i

export type SpfFacts = {
  /** All texts of the domain. */
  texts: Texts
  /** Records that it leads to, by their domain; null where nobody could say. */
  included: ReadonlyMap<string, string | null>
  /** The record that names the servers of the mailbox's provider; null where that is not known. */
  needed: string | null
  /** The server that the mailbox sends through; null where the installation says it. */
  host: string | null
}

/** Whether the domain lets the servers of the mailbox send for it (RFC 7208). */
export function spfCheck(domain: string, { texts, included, needed, host }: SpfFacts): Check {
  const own = `v=spf1 ${needed ? `include:${needed}` : host ? `mx a:${host}` : 'mx'} ~all`
  const at = (outcome: Check['outcome'], message: string, value?: string): Check => ({
    name: 'spf',
    outcome,
    message,
    details: {
      ...(texts && { found: spfRecords(texts) }),
      ...(value !== undefined && { copy: { host: domain, type: 'TXT', value } }),
    },
  })
  if (texts === null) return { name: 'spf', ...notLookedUp(`The SPF record of ${domain}`) }
  const [record, ...others] = spfRecords(texts)
  if (record === undefined) {
    const unsure = needed ? '' : ' If your provider names another, take that one.'
    return at(
      'missing',
      `${domain} has no SPF record, so receivers cannot tell who may send for it. Add this one.${unsure}`,
      own,
    )
  }
  if (others.length > 0)
    return at(
      'wrong',
      `${domain} has ${others.length + 1} SPF records, and receivers then count none. Put them into one.`,
    )
  if (spfTerms(record).some((term) => /^\+?all$/i.test(term)))
    return at(
      'wrong',
      'The SPF record lets everybody send for the domain. Replace “+all” by “~all”.',
      record.replace(/\+?\ball\b/i, '~all'),
    )
  const lookups = [record, ...included.values()]
    .flatMap((one) => spfTerms(one ?? ''))
    .filter((term) => ASKS.test(term)).length
  if (lookups > MOST_SPF_LOOKUPS)
    return at(
      'wrong',
      `The SPF record needs ${lookups} look-ups, and receivers stop at ${MOST_SPF_LOOKUPS}. Take out includes that nobody needs.`,
    )
  if (needed && !included.has(needed)) {
    if ([...included.values()].includes(null)) return { name: 'spf', ...notLookedUp('A part of the SPF record') }
    return at(
      'wrong',
      'The SPF record does not let the provider of this mailbox send for the domain. Replace it by this one.',
      withInclude(record, needed),
    )
  }
  return needed
    ? at('ok', 'The SPF record lets the provider of this mailbox send for the domain.')
    : at('ok', 'There is an SPF record. Whether it names the server of this mailbox only its provider knows.')
}

/** The record with one more include, before the term that decides about everybody else. */
function withInclude(record: string, needed: string): string {
  const terms = spfTerms(record)
  const last = terms.findIndex((term) => /^[+?~-]?all$/i.test(term) || /^redirect=/i.test(term))
  const at = last < 0 ? terms.length : last
  return ['v=spf1', ...terms.slice(0, at), `include:${needed}`, ...terms.slice(at)].join(' ')
}

/** A name in the DNS under which the key of a signature stands. */
export const dkimName = ({ domain, selector }: { domain: string; selector: string }) =>
  `${selector}._domainkey.${domain}`

const organisation = (domain: string) => getDomain(domain, { allowPrivateDomains: false }) ?? domain

/** Signatures that speak for the From domain: of it, or of another name of the same organisation (RFC 7489, 3.1.1). */
export const alignedWith = <T extends { domain: string }>(domain: string, signedBy: readonly T[]): T[] =>
  signedBy.filter((one) => organisation(one.domain) === organisation(domain))

/**
 * Whether emails are signed for the From domain, and the key is there to check it. `signedBy`: of the email that the mailbox
 * sent to itself, null before that; `keys`: the texts under each of their names.
 */
export function dkimCheck(
  domain: string,
  signedBy: readonly { domain: string; selector: string }[] | null,
  keys: ReadonlyMap<string, Texts>,
): Check {
  const at = (outcome: Check['outcome'], message: string, details: Check['details'] = null): Check => ({
    name: 'dkim',
    outcome,
    message,
    details,
  })
  if (signedBy === null)
    return at('unknown', 'Test the connection first: where the key stands is read from the email that comes back.')
  const [own] = alignedWith(domain, signedBy)
  if (!own) {
    const others = [...new Set(signedBy.map((one) => one.domain))].join(', ')
    const how = others ? `signed by ${others} only, not by ${domain}` : 'not signed'
    return at(
      'missing',
      `Emails are ${how}. Switch on DKIM for ${domain} at your provider, which shows the record to add.`,
    )
  }
  const name = dkimName(own)
  const texts = keys.get(name) ?? null
  if (texts === null) return { name: 'dkim', ...notLookedUp(`The DKIM key at ${name}`) }
  const found = texts.filter((text) => /(?:^|;)\s*p\s*=/i.test(text))
  const [key] = found
  if (key === undefined)
    return at(
      'missing',
      `Emails are signed, and the key is not at ${name}. Your provider shows the record to add there.`,
    )
  if (/(?:^|;)\s*p\s*=\s*(?:;|$)/i.test(key))
    return at('wrong', `The key at ${name} was taken back. Let the provider make a new one.`, { found })
  return at('ok', `Emails are signed, and the key is at ${name}.`, { found })
}

/** Names at which the policy of a domain may stand: its own, else that of its organisation. */
export const dmarcNames = (domain: string): string[] =>
  [...new Set([domain, organisation(domain)])].map((at) => `_dmarc.${at}`)

/** Whether the domain says what receivers do with emails that fail (RFC 7489). `texts`: at each of its names, in order. */
export function dmarcCheck(domain: string, address: string, texts: readonly Texts[]): Check {
  const what = `The DMARC record of ${domain}`
  const copy = { host: `_dmarc.${domain}`, type: 'TXT', value: `v=DMARC1; p=none; rua=mailto:${address}` }
  for (const found of texts) {
    if (found === null) return { name: 'dmarc', ...notLookedUp(what) }
    const policies = found.filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/i.test(text))
    const [policy] = policies
    if (policy === undefined) continue
    const details = { found: policies }
    if (policies.length > 1)
      return {
        name: 'dmarc',
        outcome: 'wrong',
        message: `${what} stands there ${policies.length} times, and receivers then count none. Keep one.`,
        details,
      }
    const p = /;\s*p\s*=\s*(\w+)/i.exec(policy)?.[1]?.toLowerCase()
    if (p !== 'none' && p !== 'quarantine' && p !== 'reject')
      return {
        name: 'dmarc',
        outcome: 'wrong',
        message: `${what} names no policy. Replace it by this one.`,
        details: { ...details, copy },
      }
    return { name: 'dmarc', outcome: 'ok', message: POLICY_WORDS[p], details }
  }
  return {
    name: 'dmarc',
    outcome: 'missing',
    message: `${domain} has no DMARC record, which Google, Yahoo and Microsoft ask for. Add this one.`,
    details: { copy },
  }
}

const POLICY_WORDS = {
  none: 'There is a DMARC record. Emails that fail it are delivered all the same (p=none).',
  quarantine: 'There is a DMARC record. Emails that fail it go to junk (p=quarantine).',
  reject: 'There is a DMARC record. Emails that fail it are refused (p=reject).',
}
