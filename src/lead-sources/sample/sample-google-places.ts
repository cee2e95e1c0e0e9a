import { createHash } from 'node:crypto'
import {
  type ApiFailure,
  asText,
  contains,
  type SampleApi,
  type SampleRequest,
  type SampleResponse,
} from './sample-api'
import type { Company, World } from './world'

const PAGE = 20
const MOST = 60

/** The Places API (New) over made-up companies. */
export const sampleGooglePlaces: SampleApi = {
  keyOf: ({ headers }) => asText(headers['x-goog-api-key']) || null,
  respond(request, world) {
    if (request.method !== 'POST' || request.path !== '/places:searchText')
      return refuse(404, 'NOT_FOUND', 'Not found.')
    return search(request, world)
  },
  failure(failure: ApiFailure, _request, _retryAfter) {
    switch (failure) {
      case 'bad_key':
        return refuse(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
        ])
      case 'plan':
        return refuse(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled.')
      case 'scope':
        return refuse(
          403,
          'PERMISSION_DENIED',
          'Places API (New) has not been used in project 1 before or it is disabled.',
          [{ reason: 'SERVICE_DISABLED' }],
        )
      case 'bad_request':
        return refuse(400, 'INVALID_ARGUMENT', 'Invalid page size. Page size must not be negative.')
      default: {
        const span = failure === 'rate' ? 'minute' : 'day'
        return refuse(
          429,
          'RESOURCE_EXHAUSTED',
          `Quota exceeded for quota metric 'SearchTextRequest' and limit 'SearchTextRequest per ${span}' of service 'places.googleapis.com'.`,
          [
            {
              reason: 'RATE_LIMIT_EXCEEDED',
              metadata: { quota_unit: `1/${failure === 'rate' ? 'min' : 'd'}/{project}` },
            },
          ],
        )
      }
    }
  },
}

const refuse = (code: number, status: string, message: string, details: unknown[] = []): SampleResponse => ({
  status: code,
  body: { error: { code, message, status, details } },
})

function search({ headers, body }: SampleRequest, world: World): SampleResponse {
  const mask = asText(headers['x-goog-fieldmask']).split(',').filter(Boolean)
  if (mask.length === 0)
    return refuse(400, 'INVALID_ARGUMENT', 'FieldMask is a required parameter. See https://cloud.google.com/apis.')
  const { pageToken, pageSize: requestedSize = PAGE, ...params } = body
  const pageSize = Number(requestedSize)
  if (pageSize < 0) return sampleGooglePlaces.failure('bad_request', {} as SampleRequest, 0)
  if (!asText(params.textQuery)) return refuse(400, 'INVALID_ARGUMENT', 'Empty text_query is not allowed.')
  const query = createHash('sha256')
    .update(JSON.stringify(Object.entries(params).sort()))
    .digest('base64url')
    .slice(0, 16)
  const [tokenQuery, from = '0'] = pageToken ? asText(pageToken).split('.') : [query]
  if (tokenQuery !== query) {
    return refuse(
      400,
      'INVALID_ARGUMENT',
      'Request parameters for paging requests must match the initial SearchText request.',
    )
  }
  const all = world.filter((company) => fits(company, params)).slice(0, MOST)
  const start = Number(from)
  const shown = all.slice(start, start + Math.min(PAGE, pageSize || PAGE))
  const end = start + shown.length
  const token = mask.includes('nextPageToken') && end < all.length ? `${query}.${end}` : undefined
  const free = mask.every((field) => field === 'places.id' || field === 'nextPageToken')
  return {
    status: 200,
    body: {
      ...(shown.length > 0 && { places: shown.map((company) => masked(placeOf(company), mask)) }),
      ...(token && { nextPageToken: token }),
    },
    purchase: free
      ? undefined
      : { page: `search ${JSON.stringify(body)}`, refs: shown.map((c) => c.placeId), credits: 0 },
  }
}

function fits({ trade, place, rating, name }: Company, params: Record<string, unknown>): boolean {
  const [what = '', where] = asText(params.textQuery).split(/ in /i)
  const about = `${trade.label} ${trade.industry} ${trade.type.replaceAll('_', ' ')} ${name}`
  return (
    what.split(/\s+/).some((word) => word.length > 2 && contains(about, word.replace(/s$/i, ''))) &&
    (!where || contains(`${place.city}, ${place.state}, ${place.country}`, where.split(',')[0] ?? where)) &&
    (!params.includedType || params.includedType === trade.type) &&
    (!params.regionCode || asText(params.regionCode).toUpperCase() === place.code) &&
    (!params.minRating || rating >= Number(params.minRating))
  )
}

function placeOf({ placeId, name, trade, place, phone, website, open, rating, employees }: Company) {
  return {
    id: placeId,
    displayName: { text: name, languageCode: 'en' },
    formattedAddress: `1 Sample Street, ${place.city}, ${place.country}`,
    addressComponents: [
      { longText: place.city, shortText: place.city, types: ['locality', 'political'], languageCode: 'en' },
      { longText: place.country, shortText: place.code, types: ['country', 'political'], languageCode: 'en' },
    ],
    nationalPhoneNumber: phone.replace(/^\+\d+ /, '0'),
    internationalPhoneNumber: phone,
    ...(website && { websiteUri: website }),
    primaryType: trade.type,
    primaryTypeDisplayName: { text: trade.label, languageCode: 'en' },
    types: [trade.type, 'point_of_interest', 'establishment'],
    businessStatus: open ? 'OPERATIONAL' : 'CLOSED_PERMANENTLY',
    googleMapsUri: `https://maps.google.com/?cid=${placeId}`,
    rating,
    userRatingCount: employees,
  }
}

const masked = (place: Record<string, unknown>, mask: string[]) =>
  Object.fromEntries(Object.entries(place).filter(([field]) => mask.includes(`places.${field}`) || mask.includes('*')))
