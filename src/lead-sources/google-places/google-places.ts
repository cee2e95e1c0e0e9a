import type { GooglePlacesCriteria } from '@/domain/lead-generation/criteria'
import { ApiClient, type SourceOptions } from '../http/api-client'
import type { OpenLeadSource, SourceCall } from '../types'
import { toSourceError } from './google-places-failures'
import { checkKey, executeSearch, type SearchParams, searchCall } from './google-places-search'

// Source: Google's reference of Places API (New), read 2026-11-24.
export const GOOGLE_PLACES_BASE_URL = 'https://places.googleapis.com/v1'
const LIMITS = { search: [{ requests: 10, seconds: 1 }] }

/** Google Places: companies, paid by the page, without addresses to write to. With Hunter on, their people. */
export function createGooglePlaces({ apiKey, ...options }: SourceOptions): OpenLeadSource {
  const client = new ApiClient({
    ...options,
    apiKey,
    label: 'Google Places',
    headers: { 'x-goog-api-key': apiKey },
    limits: LIMITS,
    toSourceError,
  })
  return {
    name: 'google_places',
    close: () => client.close(),
    first: ({ google_places: criteria }, { apis }) => (criteria ? firstCalls(criteria, apis.has('hunter')) : []),
    execute: (call, context) => executeSearch(client, call.params as SearchParams, context),
    test: async () => {
      await checkKey(client)
      return { plan: null, quotaLeft: null, quotaUnit: null, renewsAt: null }
    },
    // Every search is charged.
    estimate: async () => null,
  }
}

function firstCalls(criteria: GooglePlacesCriteria, withHunter: boolean): SourceCall[] {
  const textQuery = queryOf(criteria)
  if (!textQuery) return []
  const { regionCode, includedType, minRating, peoplePerCompany } = criteria
  const body = {
    textQuery,
    ...(regionCode && { regionCode: regionCode.toLowerCase() }),
    ...(includedType && { includedType, strictTypeFiltering: true }),
    ...(minRating !== null && { minRating }),
  }
  return [searchCall({ body, pageToken: null, domains: [], people: withHunter ? peoplePerCompany : 0 })]
}

/** Kind of company and place in one line as Google reads it; null without a kind. */
function queryOf({ query, area, includedType }: GooglePlacesCriteria): string | null {
  const what = query || includedType?.replaceAll('_', ' ') || null
  if (!what) return null
  return area ? `${what} in ${area}` : what
}
