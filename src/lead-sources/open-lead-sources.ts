import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { APOLLO_BASE_URL, createApollo } from './apollo/apollo'
import { createGooglePlaces, GOOGLE_PLACES_BASE_URL } from './google-places/google-places'
import type { RetryOptions } from './http/api-client'
import { createHunter, HUNTER_BASE_URL } from './hunter/hunter'
import type { LeadSourceApis, OpenLeadSource } from './types'

const CREATE = { apollo: createApollo, google_places: createGooglePlaces, hunter: createHunter }

const VENDOR_URLS: Record<LeadSourceName, string> = {
  apollo: APOLLO_BASE_URL,
  google_places: GOOGLE_PLACES_BASE_URL,
  hunter: HUNTER_BASE_URL,
}

/** Opens one source. An address given here is trusted and may be on this machine; it comes from the environment alone. */
export const createLeadSource = (
  source: LeadSourceName,
  { apiKey, baseUrl, retryOptions }: { apiKey: string; baseUrl?: string; retryOptions?: Partial<RetryOptions> },
): OpenLeadSource =>
  CREATE[source]({
    apiKey,
    baseUrl: baseUrl ?? VENDOR_URLS[source],
    allowPrivate: baseUrl !== undefined,
    retryOptions,
  })

/** Opens each source once per key, so that all its users share its limits. */
export function createLeadSourceApis({
  baseUrls = {},
  local = false,
  retryOptions = local ? { rateLimitFactor: 20 } : {},
}: {
  baseUrls?: Partial<Record<LeadSourceName, string>>
  /** They are on this machine, where a fast pace harms no one. */
  local?: boolean
  retryOptions?: Partial<RetryOptions>
}): LeadSourceApis {
  const open = new Map<string, OpenLeadSource>()
  return {
    open: (source, apiKey) => {
      const key = `${source} ${apiKey}`
      const opened = open.get(key) ?? createLeadSource(source, { apiKey, baseUrl: baseUrls[source], retryOptions })
      open.set(key, opened)
      return opened
    },
    close: async () => {
      await Promise.all([...open.values()].map((source) => source.close()))
      open.clear()
    },
  }
}
