import { EMPTY_FOUND_LEAD } from '@/domain/lead-generation/found-lead'
import type { ApiClient } from '../http/api-client'
import type { CallContext, CallResult, Json, SourceCall, SourceEstimate } from '../types'
import { adoptMinuteLimit } from './apollo-limits'
import { matchCalls } from './apollo-match'
import { searchResponse } from './apollo-responses'

const PAGE = 100
const LAST_PAGE = 500

type Filters = { [key: string]: Json }

export type SearchParams = {
  filters: Filters
  page: number
  /** People of the page that an earlier call went through already. */
  skip: number
  creditsLeft: number | null
  /** Hunter looks for the address where Apollo has a person without one. */
  findWithHunter: boolean
}

/** The next page of a search, as a call to Apollo. */
export const searchCall = (params: SearchParams): SourceCall => ({
  api: 'apollo',
  kind: 'search',
  paid: false,
  params,
  refs: [],
})

/** Reads one page of the free search and plans matches for its new people, within the credits and `maxLeads`. */
export async function executeSearch(
  client: ApiClient,
  params: SearchParams,
  { maxLeads, knownRefs, signal }: CallContext,
): Promise<CallResult> {
  const { data, requests } = await requestSearch(
    client,
    { ...params.filters, page: params.page, per_page: PAGE },
    signal,
  )
  const people = data.people.map(({ id, has_email }) => ({ id, hasEmail: has_email })).slice(params.skip)
  const known = await knownRefs(people.flatMap(({ id, hasEmail }) => (id && hasEmail ? [id] : [])))
  const most = Math.min(maxLeads, params.creditsLeft ?? maxLeads)
  const ids: string[] = []
  const seen: string[] = []
  let passed = 0
  for (const { id, hasEmail } of people) {
    if (ids.length === most) break
    passed++
    if (id && hasEmail) (known.has(id) ? seen : ids).push(id)
  }
  const creditsLeft = params.creditsLeft === null ? null : params.creditsLeft - ids.length
  const rest: SearchParams | null =
    passed < people.length
      ? { ...params, creditsLeft, skip: params.skip + passed }
      : people.length > 0 && params.page * PAGE < (data.total_entries ?? 0) && params.page < LAST_PAGE
        ? { ...params, creditsLeft, page: params.page + 1, skip: 0 }
        : null
  return {
    found: [],
    seen,
    next: [...matchCalls(ids, params.findWithHunter), ...(rest && creditsLeft !== 0 ? [searchCall(rest)] : [])],
    requests,
    credits: 0,
  }
}

/** Counts the people that the filters match, with five of them. */
export async function estimateSearch(client: ApiClient, filters: Filters): Promise<SourceEstimate> {
  const { data } = await requestSearch(client, { ...filters, page: 1, per_page: 5 })
  const samples = data.people.slice(0, 5).map(({ id, first_name, title, organization }) => ({
    ...EMPTY_FOUND_LEAD,
    sourceRef: id ?? '',
    firstName: first_name,
    jobTitle: title,
    companyName: organization.name,
  }))
  return { total: data.total_entries, unit: 'people', samples }
}

async function requestSearch(client: ApiClient, body: Filters, signal?: AbortSignal) {
  const result = await client.request({
    limit: 'search',
    method: 'POST',
    path: '/mixed_people/api_search',
    body,
    paid: false,
    schema: searchResponse,
    signal,
  })
  adoptMinuteLimit(client, 'search', result.headers)
  return result
}
