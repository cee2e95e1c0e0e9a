import { setTimeout as sleep } from 'node:timers/promises'
import { bareDomain } from '@/domain/lead-generation/company-domain'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { ApiClient, type ApiOptions, PATIENCE } from '../http/api-client'
import { NOBODY } from '../nobody'
import { type Asking, type Json, type LeadSource, type SourceAnswer, type SourceCall, SourceError } from '../types'
import { type DomainSearch, domainSearchCall } from './hunter-calls'
import { judge, nothingThere, PageRefused } from './hunter-failures'
import { filtersOf } from './hunter-filters'
import { choosePeople, isSure, leadOf } from './hunter-people'
import { accountAnswer, discoverAnswer, domainAnswer, finderAnswer, verifierAnswer } from './hunter-responses'

// Source: Hunter's API reference, read 2026-11-24.
export const HUNTER_BASE_URL = 'https://api.hunter.io/v2'
const LIMITS = {
  search: [
    { requests: 15, seconds: 1 },
    { requests: 500, seconds: 60 },
  ],
  verify: [
    { requests: 10, seconds: 1 },
    { requests: 300, seconds: 60 },
  ],
  discover: [
    { requests: 5, seconds: 1 },
    { requests: 50, seconds: 60 },
  ],
  account: [{ requests: 5, seconds: 1 }],
}
const FREE_PAGE = 10
const LARGEST_PAGE = 100
const DISCOVER_PAGE = 100
// A verification that is still under way is asked for again; the address is taken unverified after that.
const VERIFY_ROUNDS = 3

type DiscoverParams = { filters: { [key: string]: Json }; offset: number; search: Omit<DomainSearch, 'domain'> }
/** How long a call that makes several requests may take. */
type Within = { signal?: AbortSignal; deadline: number }
type FindParams = { domain: string; lead: FoundLead }

/** Hunter: people of a domain with their addresses, companies by what they are, and the address of a known person. */
export function createHunter({ apiKey, ...options }: HunterOptions): LeadSource & { close(): Promise<void> } {
  const pause = options.patience?.retryMs ?? PATIENCE.retryMs
  const client = new ApiClient({
    ...options,
    apiKey,
    label: 'Hunter',
    headers: { authorization: `Bearer ${apiKey}` },
    limits: LIMITS,
    judge,
  })

  const askDomain = (search: DomainSearch, limit: number, within: Within) =>
    client.ask({
      pace: 'search',
      method: 'GET',
      path: '/domain-search',
      query: {
        domain: search.domain,
        limit,
        offset: search.offset || undefined,
        department: search.departments.join(',') || undefined,
        seniority: search.seniorities.join(',') || undefined,
      },
      paid: true,
      shape: domainAnswer,
      ...within,
    })

  const searchDomain = async (search: DomainSearch, asking: Asking): Promise<SourceAnswer> => {
    const { refs } = domainSearchCall(search)
    const known = await asking.known(refs)
    if (refs.some((ref) => known.has(ref))) return { found: [], seen: refs, next: [], requests: 0, credits: 0 }
    const within = { signal: asking.signal, deadline: client.deadline() }
    const limit = Math.min(LARGEST_PAGE, Math.max(FREE_PAGE, search.keep))
    const reply = await askDomain(search, limit, within)
      .catch((error) => {
        if (!(error instanceof PageRefused)) throw error
        // The free plan shows ten people of a domain, and no further page.
        return limit > FREE_PAGE && search.offset === 0 ? askDomain(search, FREE_PAGE, within) : null
      })
      .catch(nothingThere)
    const emails = reply?.data.data.emails ?? []
    const chosen = choosePeople(emails, search, Math.min(search.keep, asking.wanted))
    const checked = await Promise.all(
      chosen.map(async (email) => ({
        email,
        verdict: isSure(email) ? null : await verify(email.value, within),
      })),
    )
    const found = checked.map(({ email, verdict }) => leadOf(email, reply?.data.data ?? null, search, verdict))
    const reached = search.offset + limit
    const goesOn = search.keep > chosen.length && reached < (reply?.data.meta.results ?? 0) && emails.length === limit
    // The company itself, when nobody of it is known: it was looked for, and is accounted for.
    if (found.length === 0 && search.company && search.offset === 0 && !goesOn) found.push(search.company)
    return {
      found,
      seen: [],
      next: goesOn ? [domainSearchCall({ ...search, offset: reached, keep: search.keep - chosen.length })] : [],
      requests: (reply?.requests ?? 1) + checked.reduce((sum, { verdict }) => sum + (verdict?.requests ?? 0), 0),
      credits: Math.ceil(emails.length / 10) + checked.reduce((sum, { verdict }) => sum + (verdict?.credits ?? 0), 0),
    }
  }

  /** Its trouble is never the search's: what was paid for is kept, unverified. */
  const verify = async (email: string, within: Within) => {
    let requests = 0
    for (let round = 1; round <= VERIFY_ROUNDS && !within.signal?.aborted; round++) {
      try {
        const question = {
          pace: 'verify',
          method: 'GET',
          path: '/email-verifier',
          query: { email },
          paid: true,
        } as const
        const reply = await client.ask({ ...question, shape: verifierAnswer, ...within })
        requests += reply.requests
        if (reply.status === 200) return { ...reply.data.data, requests, credits: VERIFICATION_CREDITS }
        // 222: the other mail server failed; later would be too late for this run.
        if (reply.status !== 202) break
        await sleep(pause, undefined, { signal: within.signal })
      } catch {
        requests++
        break
      }
    }
    return { status: null, score: null, requests, credits: 0 }
  }

  /** Its trouble leaves the person without an address, as they were: another source had brought them. */
  const find = async ({ domain, lead }: FindParams, { signal }: Asking): Promise<SourceAnswer> => {
    const query = { domain, first_name: lead.firstName ?? '', last_name: lead.lastName ?? '' }
    const reply = await client
      .ask({ pace: 'search', method: 'GET', path: '/email-finder', query, paid: true, shape: finderAnswer, signal })
      .catch((error) => {
        if (error instanceof SourceError && error.kind !== 'doubt') return null
        throw error
      })
    const { email = null, score = null, linkedin_url = null } = reply?.data.data ?? {}
    const found = { ...lead, email, emailConfidence: email && score, linkedinUrl: lead.linkedinUrl ?? linkedin_url }
    return { found: [found as FoundLead], seen: [], next: [], requests: reply?.requests ?? 1, credits: email ? 1 : 0 }
  }

  const askDiscover = (filters: { [key: string]: Json }, offset: number, signal?: AbortSignal) =>
    client.ask({
      pace: 'discover',
      method: 'POST',
      path: '/discover',
      // Naming limit or offset needs a larger plan.
      body: offset > 0 ? { ...filters, limit: DISCOVER_PAGE, offset } : filters,
      paid: false,
      shape: discoverAnswer,
      signal,
    })

  const discover = async ({ filters, offset, search }: DiscoverParams, asking: Asking): Promise<SourceAnswer> => {
    const reply = await askDiscover(filters, offset, asking.signal).catch((error) => {
      if (error instanceof PageRefused) return null
      throw error
    })
    const companies = reply?.data.data ?? []
    const calls = companies
      .filter(({ emails_count }) => emails_count.total !== 0)
      .map(({ domain }) => domainSearchCall({ ...search, domain }))
    const known = await asking.known(calls.flatMap(({ refs }) => refs))
    const fresh = calls.filter(({ refs }) => !refs.some((ref) => known.has(ref)))
    const reached = offset + companies.length
    const goesOn = companies.length > 0 && reached < (reply?.data.meta.results ?? 0)
    const rest: SourceCall[] = goesOn ? [discoverCall({ filters, offset: reached, search })] : []
    // Each company brings one person at least: more than are wanted are not worth planning.
    const next = fresh.length >= asking.wanted ? fresh : [...fresh, ...rest]
    return { found: [], seen: [...known], next, requests: reply?.requests ?? 1, credits: 0 }
  }

  return {
    name: 'hunter',
    close: () => client.close(),
    first: ({ hunter }) => {
      if (!hunter) return []
      const { departments, seniorities, peoplePerCompany: keep, minConfidence } = hunter
      const search = { offset: 0, departments, seniorities, keep, minConfidence, company: null }
      if (hunter.domains.length > 0) {
        return [...new Set(hunter.domains.map(bareDomain))].map((domain) => domainSearchCall({ ...search, domain }))
      }
      const filters = filtersOf(hunter)
      return filters ? [discoverCall({ filters, offset: 0, search })] : []
    },
    make: (call, asking) => {
      if (call.kind === 'discover') return discover(call.params as DiscoverParams, asking)
      if (call.kind === 'find') return find(call.params as FindParams, asking)
      return searchDomain(call.params as DomainSearch, asking)
    },
    test: async () => {
      const question = { pace: 'account', method: 'GET', path: '/account', paid: false, shape: accountAnswer } as const
      const { plan_name, reset_date, requests } = (await client.ask(question)).data.data
      const { used, available } = requests.credits.available === null ? requests.searches : requests.credits
      return {
        plan: plan_name,
        quotaLeft: available === null ? null : Math.max(0, available - (used ?? 0)),
        quotaUnit: requests.credits.available === null ? 'searches' : 'credits',
        renewsAt: reset_date && !Number.isNaN(Date.parse(reset_date)) ? new Date(reset_date) : null,
      }
    },
    estimate: async ({ hunter }) => {
      const filters = hunter && hunter.domains.length === 0 ? filtersOf(hunter) : null
      if (!filters) return null
      const { data } = await askDiscover(filters, 0)
      const samples = data.data.slice(0, 5).map(({ domain, organization }) => ({
        ...NOBODY,
        sourceRef: domain,
        companyName: organization,
        website: `https://${domain}`,
      }))
      return { total: data.meta.results, unit: 'companies', samples }
    },
  }
}
export type HunterOptions = Pick<ApiOptions, 'apiKey' | 'baseUrl' | 'allowPrivate' | 'patience'>

// [3P] A verification is half a credit.
const VERIFICATION_CREDITS = 0.5

const discoverCall = (params: DiscoverParams): SourceCall => ({
  api: 'hunter',
  kind: 'discover',
  paid: false,
  params: params as { [key: string]: Json },
  refs: [],
})
