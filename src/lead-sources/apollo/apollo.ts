import { ApiClient, type SourceOptions } from '../http/api-client'
import type { OpenLeadSource } from '../types'
import { getAccount } from './apollo-account'
import { toSourceError } from './apollo-failures'
import { filtersOf } from './apollo-filters'
import { executeMatch, type MatchParams } from './apollo-match'
import { estimateSearch, executeSearch, type SearchParams, searchCall } from './apollo-search'

// Source: Apollo's API reference, read 2026-11-24.
export const APOLLO_BASE_URL = 'https://api.apollo.io/api/v1'
// Those of the free plan; the ones that Apollo states in its responses replace them.
const LIMITS = { search: [{ requests: 50, seconds: 60 }], match: [{ requests: 20, seconds: 60 }] }

/** Apollo: a free search without addresses, then addresses in tens, a credit each. */
export function createApollo({ apiKey, ...options }: SourceOptions): OpenLeadSource {
  const client = new ApiClient({
    ...options,
    apiKey,
    label: 'Apollo',
    headers: { 'x-api-key': apiKey },
    limits: LIMITS,
    toSourceError,
  })
  return {
    name: 'apollo',
    close: () => client.close(),
    first: ({ apollo }, { cap, apis }) => {
      const filters = apollo && filtersOf(apollo)
      if (!filters) return []
      const findWithHunter = apis.has('hunter')
      // People who are bought and then dropped are no leads, but cost a credit each all the same.
      const creditsLeft = apollo.creditCap ?? cap
      return [searchCall({ filters, page: 1, skip: 0, creditsLeft, findWithHunter })]
    },
    execute: (call, context) =>
      call.kind === 'search'
        ? executeSearch(client, call.params as SearchParams, context)
        : executeMatch(client, call.params as MatchParams, context),
    test: () => getAccount(client),
    estimate: async ({ apollo }) => {
      const filters = apollo && filtersOf(apollo)
      return filters ? estimateSearch(client, filters) : null
    },
  }
}
