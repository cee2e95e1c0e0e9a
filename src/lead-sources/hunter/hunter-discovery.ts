import { EMPTY_FOUND_LEAD } from '@/domain/lead-generation/found-lead'
import type { ApiClient } from '../http/api-client'
import type { CallContext, CallResult, Json, SourceCall, SourceEstimate } from '../types'
import { type DomainSearch, domainSearchCall } from './hunter-calls'
import { PageRefused } from './hunter-failures'
import { discoverResponse } from './hunter-responses'

const PAGE = 100

type Filters = { [key: string]: Json }

export type DiscoveryParams = { filters: Filters; offset: number; search: Omit<DomainSearch, 'domain'> }

/** The next page of companies, as a call to Hunter. */
export const discoveryCall = (params: DiscoveryParams): SourceCall => ({
  api: 'hunter',
  kind: 'discover',
  paid: false,
  params: params as { [key: string]: Json },
  refs: [],
})

/** Reads one page of companies and plans a search of each that was not searched before. */
export async function executeDiscovery(
  client: ApiClient,
  { filters, offset, search }: DiscoveryParams,
  { maxLeads, knownRefs, signal }: CallContext,
): Promise<CallResult> {
  const result = await requestDiscovery(client, filters, offset, signal).catch((error) => {
    if (error instanceof PageRefused) return null
    throw error
  })
  const companies = result?.data.data ?? []
  const calls = companies
    .filter(({ emails_count }) => emails_count.total !== 0)
    .map(({ domain }) => domainSearchCall({ ...search, domain }))
  const known = await knownRefs(calls.flatMap(({ refs }) => refs))
  const fresh = calls.filter(({ refs }) => !refs.some((ref) => known.has(ref)))
  const reached = offset + companies.length
  const hasMore = companies.length > 0 && reached < (result?.data.meta.results ?? 0)
  const rest: SourceCall[] = hasMore ? [discoveryCall({ filters, offset: reached, search })] : []
  // Each company brings one person at least: a further page is not worth planning once there are enough.
  const next = fresh.length >= maxLeads ? fresh : [...fresh, ...rest]
  return { found: [], seen: [...known], next, requests: result?.requests ?? 1, credits: 0 }
}

/** Counts the companies that the filters match, with five of them. */
export async function estimateDiscovery(client: ApiClient, filters: Filters): Promise<SourceEstimate> {
  const { data } = await requestDiscovery(client, filters, 0)
  const samples = data.data.slice(0, 5).map(({ domain, organization }) => ({
    ...EMPTY_FOUND_LEAD,
    sourceRef: domain,
    companyName: organization,
    website: `https://${domain}`,
  }))
  return { total: data.meta.results, unit: 'companies', samples }
}

const requestDiscovery = (client: ApiClient, filters: Filters, offset: number, signal?: AbortSignal) =>
  client.request({
    limit: 'discover',
    method: 'POST',
    path: '/discover',
    // A limit or offset in the request needs a larger plan.
    body: offset > 0 ? { ...filters, limit: PAGE, offset } : filters,
    paid: false,
    schema: discoverResponse,
    signal,
  })
