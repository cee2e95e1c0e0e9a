import type { ApiClient } from '../http/api-client'
import type { CallContext, CallResult } from '../types'
import { type DomainSearch, domainSearchCall } from './hunter-calls'
import { nullIfNotFound, PageRefused } from './hunter-failures'
import { needsNoVerification, selectPeople, toFoundLead } from './hunter-people'
import { domainResponse } from './hunter-responses'
import { type Verification, verifyAddress, type Within } from './hunter-verification'

const FREE_PAGE = 10
const LARGEST_PAGE = 100

/** Searches the people of a domain, keeps the best and verifies their addresses. */
export async function executeDomainSearch(
  client: ApiClient,
  search: DomainSearch,
  { maxLeads, knownRefs, signal }: CallContext,
): Promise<CallResult> {
  const { refs } = domainSearchCall(search)
  const known = await knownRefs(refs)
  if (refs.some((ref) => known.has(ref))) return { found: [], seen: refs, next: [], requests: 0, credits: 0 }
  const within = { signal, deadline: client.deadline() }
  const limit = Math.min(LARGEST_PAGE, Math.max(FREE_PAGE, search.keep))
  const result = await requestPage(client, search, limit, within)
  const company = result?.data.data ?? null
  const emails = company?.emails ?? []
  const kept = selectPeople(emails, search, Math.min(search.keep, maxLeads))
  const people = await Promise.all(
    kept.map(async (email) => ({
      email,
      verification: needsNoVerification(email) ? null : await verifyAddress(client, email.value, within),
    })),
  )
  const found = people.map(({ email, verification }) => toFoundLead(email, company, search, verification))
  const reached = search.offset + limit
  const hasMore = search.keep > kept.length && reached < (result?.data.meta.results ?? 0) && emails.length === limit
  // The company itself, when none of its people is known: it was searched, and is accounted for.
  if (found.length === 0 && search.company && search.offset === 0 && !hasMore) found.push(search.company)
  const verifications = people.map(({ verification }) => verification)
  return {
    found,
    seen: [],
    next: hasMore ? [domainSearchCall({ ...search, offset: reached, keep: search.keep - kept.length })] : [],
    requests: (result?.requests ?? 1) + sumOf(verifications, 'requests'),
    credits: Math.ceil(emails.length / 10) + sumOf(verifications, 'credits'),
  }
}

/** One page of a domain's people; null where Hunter has nothing on it. The free plan shows ten people and no further page. */
const requestPage = (client: ApiClient, search: DomainSearch, limit: number, within: Within) =>
  requestDomain(client, search, limit, within)
    .catch((error) => {
      if (!(error instanceof PageRefused)) throw error
      return limit > FREE_PAGE && search.offset === 0 ? requestDomain(client, search, FREE_PAGE, within) : null
    })
    .catch(nullIfNotFound)

const requestDomain = (client: ApiClient, search: DomainSearch, limit: number, within: Within) =>
  client.request({
    limit: 'search',
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
    schema: domainResponse,
    ...within,
  })

const sumOf = (verifications: (Verification | null)[], field: 'requests' | 'credits') =>
  verifications.reduce((sum, verification) => sum + (verification?.[field] ?? 0), 0)
