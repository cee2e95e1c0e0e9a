import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { companyDomain } from '@/domain/lead-generation/company-domain'
import type { GooglePlacesCriteria } from '@/domain/lead-generation/criteria'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { type Answer, ApiClient, type ApiOptions, PATIENCE } from '../http/api-client'
import { optionalList, part, text } from '../http/lenient-schema'
import { domainSearchCall } from '../hunter/hunter-calls'
import { NOBODY } from '../nobody'
import { type Asking, type Json, type LeadSource, type SourceAnswer, type SourceCall, SourceError } from '../types'

// Source: Google's reference of Places API (New), read 2026-11-24.
export const GOOGLE_PLACES_BASE_URL = 'https://places.googleapis.com/v1'
const PAGE = 20
const LIMITS = { search: [{ requests: 10, seconds: 1 }] }
// Without nextPageToken in the mask no token comes back.
const FIELD_MASK = [
  'nextPageToken',
  ...[
    'id',
    'displayName',
    'formattedAddress',
    'addressComponents',
    'nationalPhoneNumber',
    'internationalPhoneNumber',
    'websiteUri',
    'primaryType',
    'primaryTypeDisplayName',
    'types',
    'businessStatus',
    'googleMapsUri',
    'rating',
    'userRatingCount',
  ].map((field) => `places.${field}`),
].join(',')
// A fresh token may be refused at first.
const TOKEN_PAUSE_MS = 2_000
// What Hunter needs to be sure of by itself; the same as its own default.
const MIN_CONFIDENCE = 50
const FIELDS_TO_CLEAR = ['companyName', 'phone', 'website', 'industry', 'city', 'country'] as const

type SearchParams = {
  body: { [key: string]: Json }
  pageToken: string | null
  /** Domains of the pages before: branches share one, and it is searched once. */
  domains: string[]
  /** People to look for at Hunter, of each company; 0: Hunter is off. */
  people: number
}

/** Google Places: companies, paid by the page, without anybody to write to. With Hunter on, their people. */
export function createGooglePlaces({
  apiKey,
  ...options
}: GooglePlacesOptions): LeadSource & { close(): Promise<void> } {
  const tokenPause = Math.min(TOKEN_PAUSE_MS, 2 * (options.patience?.retryMs ?? PATIENCE.retryMs))
  const client = new ApiClient({
    ...options,
    apiKey,
    label: 'Google Places',
    headers: { 'x-goog-api-key': apiKey },
    limits: LIMITS,
    judge,
  })
  const ask = (
    body: { [key: string]: Json },
    fields: string,
    { paid, ...limits }: { paid: boolean; signal?: AbortSignal; deadline?: number },
  ) =>
    client.ask({
      pace: 'search',
      method: 'POST',
      path: '/places:searchText',
      body,
      headers: { 'x-goog-fieldmask': fields },
      paid,
      shape: searchAnswer,
      ...limits,
    })

  const search = async ({ body, pageToken, ...params }: SearchParams, asking: Asking): Promise<SourceAnswer> => {
    const whole = { ...body, pageSize: PAGE, ...(pageToken && { pageToken }) }
    const paid = { paid: true, signal: asking.signal, deadline: client.deadline() }
    const { data, requests } = await ask(whole, FIELD_MASK, paid).catch(async (error) => {
      if (!pageToken || !(error instanceof SourceError && error.kind === 'bad_request')) throw error
      await sleep(tokenPause, undefined, { signal: asking.signal }).catch(() => asking.signal?.throwIfAborted())
      const again = await ask(whole, FIELD_MASK, paid)
      return { ...again, requests: again.requests + 1 }
    })
    const places = data.places.filter(({ businessStatus }) => businessStatus !== 'CLOSED_PERMANENTLY')
    const known = params.people > 0 ? await asking.known(places.map(({ id }) => id)) : new Set<string>()
    const fresh = places.filter(({ id }) => !known.has(id))
    const domains = [...params.domains]
    const found: FoundLead[] = []
    const next: SourceCall[] = []
    for (const place of fresh) {
      const company = companyOf(place)
      const domain = place.websiteUri && companyDomain(place.websiteUri)
      if (params.people === 0 || !domain) found.push(company)
      else if (!domains.includes(domain)) {
        domains.push(domain)
        next.push(peopleCall(domain, company, params.people))
      }
    }
    if (data.nextPageToken) next.push(searchCall({ ...params, body, pageToken: data.nextPageToken, domains }))
    return { found, seen: places.flatMap(({ id }) => (known.has(id) ? [id] : [])), next, requests, credits: 0 }
  }

  return {
    name: 'google_places',
    close: () => client.close(),
    first: ({ google_places: criteria }, { apis }) => {
      const textQuery = criteria && queryOf(criteria)
      if (!textQuery) return []
      const { regionCode, includedType, minRating, peoplePerCompany } = criteria
      const body = {
        textQuery,
        ...(regionCode && { regionCode: regionCode.toLowerCase() }),
        ...(includedType && { includedType, strictTypeFiltering: true }),
        ...(minRating !== null && { minRating }),
      }
      return [searchCall({ body, pageToken: null, domains: [], people: apis.has('hunter') ? peoplePerCompany : 0 })]
    },
    make: (call, asking) => search(call.params as SearchParams, asking),
    test: async () => {
      // Ids alone cost nothing.
      await ask({ textQuery: 'company', pageSize: 1 }, 'places.id', { paid: false })
      return { plan: null, quotaLeft: null, quotaUnit: null, renewsAt: null }
    },
    // Every search is charged.
    estimate: async () => null,
  }
}
export type GooglePlacesOptions = Pick<ApiOptions, 'apiKey' | 'baseUrl' | 'allowPrivate' | 'patience'>

const searchCall = (params: SearchParams): SourceCall => ({
  api: 'google_places',
  kind: 'search',
  paid: true,
  params,
  refs: [],
})

const peopleCall = (domain: string, company: FoundLead, keep: number) =>
  domainSearchCall({
    domain,
    offset: 0,
    departments: [],
    seniorities: [],
    keep,
    minConfidence: MIN_CONFIDENCE,
    company,
  })

/** What is looked for and where, in one line as Google reads it; null when nothing is asked. */
function queryOf({ query, area, includedType }: GooglePlacesCriteria): string | null {
  const what = query || includedType?.replaceAll('_', ' ') || null
  if (!what) return null
  return area ? `${what} in ${area}` : what
}

const localised = part(z.object({ text }))
const place = z.object({
  id: z.string().min(1),
  displayName: localised,
  addressComponents: optionalList(z.object({ longText: text, types: optionalList(z.string()) })),
  nationalPhoneNumber: text,
  internationalPhoneNumber: text,
  websiteUri: text,
  primaryTypeDisplayName: localised,
  businessStatus: text,
})
type Place = z.infer<typeof place>

// No results is `{}`.
const searchAnswer = z.object({ places: optionalList(place), nextPageToken: text })

function companyOf(place: Place): FoundLead {
  const component = (type: string) =>
    place.addressComponents.find(({ types }) => types.includes(type))?.longText ?? null
  const company = {
    companyName: place.displayName.text,
    phone: place.internationalPhoneNumber ?? place.nationalPhoneNumber,
    website: place.websiteUri,
    industry: place.primaryTypeDisplayName.text,
    city: component('locality') ?? component('postal_town'),
    country: component('country'),
  }
  const fieldsToClear = FIELDS_TO_CLEAR.filter((field) => company[field] !== null)
  return { ...NOBODY, ...company, sourceRef: place.id, fieldsToClear }
}

const errorBody = z.object({
  error: part(
    z.object({
      status: text,
      message: text,
      details: optionalList(z.object({ reason: text, metadata: part(z.object({ quota_unit: text })) })),
    }),
  ),
})

function judge({ status, json }: Answer): SourceError {
  const { error } = part(errorBody).parse(json)
  const said = error.message ?? `status ${status}`
  const reasons = error.details.map(({ reason }) => reason)
  if (reasons.includes('API_KEY_INVALID') || status === 401 || /API key (not valid|expired)/i.test(said)) {
    return new SourceError('bad_key', 'Google does not accept this key. Nothing was asked for with it.')
  }
  if (status === 403 && /unregistered callers|without.*identity|API key.*missing/i.test(said)) {
    return new SourceError('bad_key', 'Google got no key. Enter one, and save.')
  }
  if (status === 403) return new SourceError('plan', `Google does not let this key do that: ${said}`)
  if (status === 429) {
    const daily = error.details.some(({ metadata }) => metadata.quota_unit?.startsWith('1/d'))
    return daily
      ? new SourceError('quota', `Google's quota for today is used up: ${said}`)
      : new SourceError('rate', `Google asks for slower requests: ${said}`)
  }
  return new SourceError('bad_request', `Google refused the request: ${said}`)
}
