import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { APOLLO_BASE_URL, createApollo } from './apollo/apollo'
import { createGooglePlaces, GOOGLE_PLACES_BASE_URL } from './google-places/google-places'
import type { Patience } from './http/api-client'
import { createHunter, HUNTER_BASE_URL } from './hunter/hunter'
import type { LeadSource, LeadSourceApis } from './types'

const CREATE = { apollo: createApollo, google_places: createGooglePlaces, hunter: createHunter }

const VENDOR_URLS: Record<LeadSourceName, string> = {
  apollo: APOLLO_BASE_URL,
  google_places: GOOGLE_PLACES_BASE_URL,
  hunter: HUNTER_BASE_URL,
}

type OpenSource = LeadSource & { close(): Promise<void> }

/** One source. An address given here is trusted, and may be on this machine; it comes from the environment alone. */
export const createLeadSource = (
  source: LeadSourceName,
  { apiKey, baseUrl, patience }: { apiKey: string; baseUrl?: string; patience?: Partial<Patience> },
): OpenSource =>
  CREATE[source]({
    apiKey,
    baseUrl: baseUrl ?? VENDOR_URLS[source],
    allowPrivate: baseUrl !== undefined,
    patience,
  })

/** Opens each source once for each key, so that all who ask share its limits. */
export function createLeadSourceApis({
  baseUrls = {},
  local = false,
  patience = local ? { limitFactor: 20 } : {},
}: {
  baseUrls?: Partial<Record<LeadSourceName, string>>
  /** They are on this machine, and nobody is kept waiting by asking fast. */
  local?: boolean
  patience?: Partial<Patience>
}): LeadSourceApis {
  const open = new Map<string, OpenSource>()
  return {
    open: (source, apiKey) => {
      const key = `${source} ${apiKey}`
      const opened = open.get(key) ?? createLeadSource(source, { apiKey, baseUrl: baseUrls[source], patience })
      open.set(key, opened)
      return opened
    },
    close: async () => {
      await Promise.all([...open.values()].map((source) => source.close()))
      open.clear()
    },
  }
}
