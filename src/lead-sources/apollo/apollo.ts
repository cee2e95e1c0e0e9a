import { z } from 'zod'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { type Answer, ApiClient, type ApiOptions } from '../http/api-client'
import { number, part, text } from '../http/lenient-schema'
import { findCall } from '../hunter/hunter-calls'
import { NOBODY } from '../nobody'
import { type Asking, type Json, type LeadSource, type SourceAnswer, type SourceCall, SourceError } from '../types'
import { filtersOf } from './apollo-filters'
import { confidenceOf, matchAnswer, type Person, searchAnswer } from './apollo-responses'

// Source: Apollo's API reference, read 2026-11-24.
const PAGE = 100
const LAST_PAGE = 500
const MATCH_AT_ONCE = 10
// What an export writes where the address was not bought.
const PLACEHOLDER = /^email_not_unlocked@/i

export const APOLLO_BASE_URL = 'https://api.apollo.io/api/v1'
// Those of the free plan; what Apollo's answers say of a larger one replaces them.
const LIMITS = { search: [{ requests: 50, seconds: 60 }], match: [{ requests: 20, seconds: 60 }] }

type SearchParams = {
  filters: { [key: string]: Json }
  page: number
  /** People of the page that were looked at already. */
  skip: number
  creditsLeft: number | null
  /** Hunter looks for the address where Apollo has a person without one. */
  findWithHunter: boolean
}
type MatchParams = { ids: string[]; findWithHunter: boolean }

/** Apollo: a free search without addresses, then addresses in tens, a credit each. */
export function createApollo({ apiKey, ...options }: ApolloOptions): LeadSource & { close(): Promise<void> } {
  const client = new ApiClient({
    ...options,
    apiKey,
    label: 'Apollo',
    headers: { 'x-api-key': apiKey },
    limits: LIMITS,
    judge,
  })
  const search = async (body: { [key: string]: Json }, signal?: AbortSignal) => {
    const reply = await client.ask({
      pace: 'search',
      method: 'POST',
      path: '/mixed_people/api_search',
      body,
      paid: false,
      shape: searchAnswer,
      signal,
    })
    learn(client, 'search', reply.headers)
    return reply
  }

  const makeSearch = async (params: SearchParams, { wanted, known, signal }: Asking): Promise<SourceAnswer> => {
    const { data, requests } = await search({ ...params.filters, page: params.page, per_page: PAGE }, signal)
    const people = data.people.map(({ id, has_email }) => ({ id, askable: has_email })).slice(params.skip)
    const brought = await known(people.flatMap(({ id, askable }) => (id && askable ? [id] : [])))
    const most = Math.min(wanted, params.creditsLeft ?? wanted)
    const ids: string[] = []
    const seen: string[] = []
    let looked = 0
    for (const { id, askable } of people) {
      if (ids.length === most) break
      looked++
      if (id && askable) (brought.has(id) ? seen : ids).push(id)
    }
    const creditsLeft = params.creditsLeft === null ? null : params.creditsLeft - ids.length
    const rest: SearchParams | null =
      looked < people.length
        ? { ...params, creditsLeft, skip: params.skip + looked }
        : people.length > 0 && params.page * PAGE < (data.total_entries ?? 0) && params.page < LAST_PAGE
          ? { ...params, creditsLeft, page: params.page + 1, skip: 0 }
          : null
    return {
      found: [],
      seen,
      next: [
        ...inTens(ids).map((ten) => matchCall({ ids: ten, findWithHunter: params.findWithHunter })),
        ...(rest && creditsLeft !== 0 ? [searchCall(rest)] : []),
      ],
      requests,
      credits: 0,
    }
  }

  const makeMatch = async ({ ids, findWithHunter }: MatchParams, { signal }: Asking): Promise<SourceAnswer> => {
    const { data, requests, headers } = await client.ask({
      pace: 'match',
      method: 'POST',
      path: '/people/bulk_match',
      body: { details: ids.map((id) => ({ id })), reveal_personal_emails: false, reveal_phone_number: false },
      paid: true,
      shape: matchAnswer,
      signal,
    })
    learn(client, 'match', headers)
    const people = data.matches.map((person) => ({ lead: leadOf(person), domain: person.organization.primary_domain }))
    const asked = people.map(({ lead, domain }) => ({ lead, find: findWithHunter ? findCall(lead, domain) : null }))
    return {
      found: asked.flatMap(({ lead, find }) => (find ? [] : [lead])),
      seen: [],
      next: asked.flatMap(({ find }) => find ?? []),
      requests,
      credits: data.credits_consumed ?? data.matches.length,
    }
  }

  return {
    name: 'apollo',
    close: () => client.close(),
    first: ({ apollo }, { apis }) => {
      const filters = apollo && filtersOf(apollo)
      if (!filters) return []
      const findWithHunter = apis.has('hunter')
      return [searchCall({ filters, page: 1, skip: 0, creditsLeft: apollo.creditCap, findWithHunter })]
    },
    make: (call, asking) =>
      call.kind === 'search'
        ? makeSearch(call.params as SearchParams, asking)
        : makeMatch(call.params as MatchParams, asking),
    test: async () => {
      const health = await client.ask({
        pace: 'search',
        method: 'GET',
        path: '/auth/health',
        paid: false,
        shape: z.object({ is_logged_in: z.boolean() }),
      })
      if (!health.data.is_logged_in) throw badKey()
      return { plan: null, quotaLeft: await creditsLeft(client), quotaUnit: 'credits', renewsAt: null }
    },
    estimate: async ({ apollo }) => {
      const filters = apollo && filtersOf(apollo)
      if (!filters) return null
      const { data } = await search({ ...filters, page: 1, per_page: 5 })
      const samples = data.people.slice(0, 5).map(({ id, first_name, title, organization }) => ({
        ...NOBODY,
        sourceRef: id ?? '',
        firstName: first_name,
        jobTitle: title,
        companyName: organization.name,
      }))
      return { total: data.total_entries, unit: 'people', samples }
    },
  }
}
export type ApolloOptions = Pick<ApiOptions, 'apiKey' | 'baseUrl' | 'allowPrivate' | 'patience'>

const searchCall = (params: SearchParams): SourceCall => ({
  api: 'apollo',
  kind: 'search',
  paid: false,
  params,
  refs: [],
})
const matchCall = (params: MatchParams): SourceCall => ({
  api: 'apollo',
  kind: 'match',
  paid: true,
  params,
  refs: params.ids,
})

const inTens = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MATCH_AT_ONCE) }, (_, i) =>
    ids.slice(i * MATCH_AT_ONCE, (i + 1) * MATCH_AT_ONCE),
  )

function leadOf(person: Person): FoundLead {
  const { organization } = person
  const email = person.email && !PLACEHOLDER.test(person.email) ? person.email : null
  return {
    ...NOBODY,
    sourceRef: person.id,
    email,
    emailConfidence: email ? confidenceOf(person) : null,
    companyName: organization.name,
    contactName: person.name,
    firstName: person.first_name,
    lastName: person.last_name,
    jobTitle: person.title,
    phone: organization.sanitized_phone ?? organization.phone,
    website: organization.website_url,
    industry: organization.industry,
    city: person.city,
    country: person.country,
    linkedinUrl: person.linkedin_url,
  }
}

/** What the plan allows a minute, where an answer says it. */
function learn(client: ApiClient, kind: string, headers: Answer['headers']): void {
  const requests = Number(headers['x-rate-limit-minute'])
  if (Number.isInteger(requests) && requests > 0) client.learn(kind, { requests, seconds: 60 })
}

/** Only a master key may ask; for others it stays unknown. */
async function creditsLeft(client: ApiClient): Promise<number | null> {
  const usage = z.object({ credit_usage_stats: part(z.object({ lead_credit: part(z.object({ left_over: number })) })) })
  try {
    const path = '/usage_stats/credit_usage_stats'
    const { data } = await client.ask({ pace: 'search', method: 'POST', path, body: {}, paid: false, shape: usage })
    return data.credit_usage_stats.lead_credit.left_over
  } catch (error) {
    if (error instanceof SourceError && error.kind !== 'bad_key') return null
    throw error
  }
}

const badKey = () => new SourceError('bad_key', 'Apollo does not accept this key. Nothing was asked for with it.')

const errorBody = part(z.object({ error: text, message: text, error_message: text }))

function judge({ status, json, text: raw }: Answer): SourceError {
  const body = errorBody.parse(json)
  const said = body.error ?? body.message ?? body.error_message ?? (raw.trim() || `status ${status}`)
  if (status === 401) return badKey()
  if (status === 402 || (status === 422 && /credit/i.test(said))) {
    return new SourceError('quota', `Apollo's credits are used up: ${said}`)
  }
  if (status === 403) return new SourceError('plan', `Apollo does not let this key or plan do that: ${said}`)
  if (status === 429) return new SourceError('rate', `Apollo asks for slower requests: ${said}`)
  return new SourceError('bad_request', `Apollo refused the request: ${said}`)
}
