import { setTimeout as sleep } from 'node:timers/promises'
import { companyDomain } from '@/domain/lead-generation/company-domain'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import type { ApiClient } from '../http/api-client'
import { domainSearchCall } from '../hunter/hunter-calls'
import { type CallContext, type CallResult, type Json, type SourceCall, SourceError } from '../types'
import { searchResponse, toCompany } from './google-places-responses'

const PAGE = 20
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
// A fresh page token may be refused at first.
const TOKEN_DELAY_MS = 2_000
// Hunter's own default.
const MIN_CONFIDENCE = 50

type Body = { [key: string]: Json }

export type SearchParams = {
  body: Body
  pageToken: string | null
  /** Domains of the pages before: branches share one, and it is searched once. */
  domains: string[]
  /** People to look for at Hunter, of each company; 0: Hunter is off. */
  people: number
}

/** The next page of a search, as a call to Google Places. */
export const searchCall = (params: SearchParams): SourceCall => ({
  api: 'google_places',
  kind: 'search',
  paid: true,
  params,
  refs: [],
})

/** Buys one page of companies; those with a domain of their own are searched for people at Hunter next, where that is on. */
export async function executeSearch(
  client: ApiClient,
  params: SearchParams,
  { knownRefs, signal }: CallContext,
): Promise<CallResult> {
  const { data, requests } = await requestPage(client, params, signal)
  const places = data.places.filter(({ businessStatus }) => businessStatus !== 'CLOSED_PERMANENTLY')
  const known = params.people > 0 ? await knownRefs(places.map(({ id }) => id)) : new Set<string>()
  const domains = [...params.domains]
  const found: FoundLead[] = []
  const next: SourceCall[] = []
  for (const place of places) {
    if (known.has(place.id)) continue
    const company = toCompany(place)
    const domain = place.websiteUri && companyDomain(place.websiteUri)
    if (params.people === 0 || !domain) found.push(company)
    else if (!domains.includes(domain)) {
      domains.push(domain)
      next.push(peopleCall(domain, company, params.people))
    }
  }
  if (data.nextPageToken) next.push(searchCall({ ...params, pageToken: data.nextPageToken, domains }))
  return { found, seen: places.flatMap(({ id }) => (known.has(id) ? [id] : [])), next, requests, credits: 0 }
}

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

/** One page; where a fresh page token is refused, the request is repeated once after a delay. */
async function requestPage(client: ApiClient, { body, pageToken }: SearchParams, signal?: AbortSignal) {
  const whole = { ...body, pageSize: PAGE, ...(pageToken && { pageToken }) }
  const options = { paid: true, signal, deadline: client.deadline() }
  return requestSearch(client, whole, FIELD_MASK, options).catch(async (error) => {
    if (!pageToken || !(error instanceof SourceError && error.kind === 'bad_request')) throw error
    const delay = Math.min(TOKEN_DELAY_MS, 2 * client.retryOptions.retryDelayMs)
    await sleep(delay, undefined, { signal }).catch(() => signal?.throwIfAborted())
    const again = await requestSearch(client, whole, FIELD_MASK, options)
    return { ...again, requests: again.requests + 1 }
  })
}

/** Sends a search that costs nothing, since it reads ids alone. @throws {SourceError} */
export async function checkKey(client: ApiClient): Promise<void> {
  await requestSearch(client, { textQuery: 'company', pageSize: 1 }, 'places.id', { paid: false })
}

const requestSearch = (
  client: ApiClient,
  body: Body,
  fields: string,
  options: { paid: boolean; signal?: AbortSignal; deadline?: number },
) =>
  client.request({
    limit: 'search',
    method: 'POST',
    path: '/places:searchText',
    body,
    headers: { 'x-goog-fieldmask': fields },
    schema: searchResponse,
    ...options,
  })
