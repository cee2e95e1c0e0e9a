import { bareDomain } from '@/domain/lead-generation/company-domain'
import type { HunterCriteria } from '@/domain/lead-generation/criteria'
import { ApiClient, type SourceOptions } from '../http/api-client'
import type { OpenLeadSource, SourceCall } from '../types'
import { getAccount } from './hunter-account'
import { type DomainSearch, domainSearchCall } from './hunter-calls'
import { type DiscoveryParams, discoveryCall, estimateDiscovery, executeDiscovery } from './hunter-discovery'
import { executeDomainSearch } from './hunter-domain-search'
import { toSourceError } from './hunter-failures'
import { filtersOf } from './hunter-filters'
import { executeFind, type FindParams } from './hunter-find'

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

/** Hunter: people of a domain with their addresses, companies by what they are, and the address of a known person. */
export function createHunter({ apiKey, ...options }: SourceOptions): OpenLeadSource {
  const client = new ApiClient({
    ...options,
    apiKey,
    label: 'Hunter',
    headers: { authorization: `Bearer ${apiKey}` },
    limits: LIMITS,
    toSourceError,
  })
  return {
    name: 'hunter',
    close: () => client.close(),
    first: ({ hunter }) => (hunter ? firstCalls(hunter) : []),
    execute: (call, context) => {
      if (call.kind === 'discover') return executeDiscovery(client, call.params as DiscoveryParams, context)
      if (call.kind === 'find') return executeFind(client, call.params as FindParams, context)
      return executeDomainSearch(client, call.params as DomainSearch, context)
    },
    test: () => getAccount(client),
    estimate: async ({ hunter }) => {
      const filters = hunter && hunter.domains.length === 0 ? filtersOf(hunter) : null
      return filters ? estimateDiscovery(client, filters) : null
    },
  }
}

/** A search of each domain that is named; without any, a discovery of companies. */
function firstCalls(hunter: HunterCriteria): SourceCall[] {
  const { departments, seniorities, peoplePerCompany: keep, minConfidence } = hunter
  const search = { offset: 0, departments, seniorities, keep, minConfidence, company: null }
  if (hunter.domains.length > 0) {
    return [...new Set(hunter.domains.map(bareDomain))].map((domain) => domainSearchCall({ ...search, domain }))
  }
  const filters = filtersOf(hunter)
  return filters ? [discoveryCall({ filters, offset: 0, search })] : []
}
