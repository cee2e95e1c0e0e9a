import {
  type ApiFailure,
  type ApiState,
  asList,
  asText,
  containsAny,
  type SampleApi,
  type SampleRequest,
  type SampleResponse,
} from './sample-api'
import type { Company, Person, World } from './world'

const MOST_AT_ONCE = 10
// More than JSON numbers hold exactly, as Apollo's are.
const REQUEST_ID = '1039995589705121900'

/** The limits that Apollo states with every response but that to a refused key. */
const usage = ({ used, requests }: ApiState['limit']) => ({
  'x-rate-limit-minute': String(requests),
  'x-rate-limit-hourly': String(requests * 60),
  'x-rate-limit-24-hour': String(requests * 600),
  'x-minute-usage': String(used),
  'x-minute-requests-left': String(Math.max(0, requests - used)),
  'x-hourly-requests-left': String(requests * 60),
  'x-24-hour-requests-left': String(requests * 600),
})

/** Apollo's API over made-up people. */
export const sampleApollo: SampleApi = {
  keyOf: ({ headers }) => asText(headers['x-api-key']) || asText(headers.authorization).replace(/^Bearer /, '') || null,
  respond(request, world, state) {
    const reply = respondTo(request, world, state)
    return { ...reply, headers: { ...usage(state.limit), ...reply.headers } }
  },
  failure(failure: ApiFailure, { path }, retryAfter) {
    switch (failure) {
      case 'bad_key':
        return {
          status: 401,
          headers: { 'content-type': 'text/plain' },
          body: 'Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.',
        }
      case 'plan':
        return { status: 403, body: { message: 'This endpoint is only available to Apollo users on paid plans.' } }
      case 'scope':
        return {
          status: 403,
          body: {
            error: `This API key is not authorized to access api/v1${path}. Use a master key.`,
            error_code: 'API_INACCESSIBLE',
          },
        }
      case 'quota':
        return refuse(422, 'You have insufficient credits. Please upgrade your plan.')
      case 'bad_request':
        return refuse(422, 'Invalid parameters')
      default:
        return {
          status: 429,
          headers: { 'retry-after': String(retryAfter) },
          body: {
            message: `The maximum number of api calls allowed for api/v1${path} is 600 times per ${failure === 'rate' ? 'minute' : 'day'}. Please upgrade your plan.`,
          },
        }
    }
  },
}

function respondTo(request: SampleRequest, world: World, { allowance, spent }: ApiState): SampleResponse {
  const { method, path, body } = request
  if (method === 'GET' && path === '/auth/health') return ok({ healthy: true, is_logged_in: true })
  if (method !== 'POST') return { status: 404, body: { error: 'Not found' } }
  if (path === '/mixed_people/api_search') return search(request, world)
  if (path === '/mixed_people/search')
    return refuse(422, 'This endpoint is deprecated for API callers. Use api_search.')
  if (path === '/people/bulk_match') return match(body, world, allowance - spent)
  if (path === '/usage_stats/credit_usage_stats') {
    const lead_credit = { limit: allowance, consumed: spent, left_over: allowance - spent }
    return ok({ credit_usage_stats: { lead_credit } })
  }
  return { status: 404, body: { error: 'Not found' } }
}

const ok = (body: unknown): SampleResponse => ({ status: 200, body })
const refuse = (status: number, error: string): SampleResponse => ({ status, body: { error } })

/** A query parameter with `[]` counts like a list in the body. */
const listed = ({ body, query }: SampleRequest, name: string) => [...asList(body[name]), ...query.getAll(`${name}[]`)]

function search(request: SampleRequest, world: World): SampleResponse {
  const { body, query } = request
  const page = Number(body.page ?? query.get('page') ?? 1)
  const perPage = Number(body.per_page ?? query.get('per_page') ?? 10)
  if (!(page >= 1 && page <= 500 && perPage >= 1 && perPage <= 100)) return refuse(422, 'Invalid parameters')
  const domains = listed(request, 'q_organization_domains_list')
  const sizes = listed(request, 'organization_num_employees_ranges').map((range) => range.split(',').map(Number))
  const seniorities = listed(request, 'person_seniorities')
  const keywords = asText(body.q_keywords ?? query.get('q_keywords'))
  const located = ({ place }: Company) => `${place.city}, ${place.state}, ${place.country}`
  const people = world.flatMap((company) => {
    const fits =
      containsAny(located(company), listed(request, 'person_locations').map(firstPart)) &&
      containsAny(located(company), listed(request, 'organization_locations').map(firstPart)) &&
      (domains.length === 0 || domains.includes(company.domain)) &&
      (sizes.length === 0 ||
        sizes.some(([from = 0, to = Infinity]) => company.employees >= from && company.employees <= to))
    if (!fits) return []
    return company.people
      .filter(
        ({ role }) =>
          containsAny(role.title, listed(request, 'person_titles')) &&
          (seniorities.length === 0 || seniorities.includes(role.seniority)) &&
          containsAny(`${company.name} ${company.trade.industry} ${role.title}`, keywords ? [keywords] : []),
      )
      .map((person) => ({ company, person }))
  })
  const shown = people.slice((page - 1) * perPage, page * perPage)
  return ok({ total_entries: people.length, people: shown.map(teaser) })
}

// "Berlin, Germany" narrows to Berlin.
const firstPart = (location: string) => location.split(',')[0] ?? location

const teaser = ({ company, person }: { company: Company; person: Person }) => ({
  id: person.id,
  first_name: person.firstName,
  last_name_obfuscated: `${person.lastName.slice(0, 2)}***${person.lastName.slice(-1)}`,
  title: person.role.title,
  last_refreshed_at: '2026-10-04T23:20:32.690+00:00',
  has_email: person.atApollo !== 'none',
  has_city: true,
  has_state: true,
  has_country: true,
  has_direct_phone: 'Yes',
  organization: { name: company.name, has_industry: true, has_phone: true, has_city: true, has_employee_count: true },
})

function match(body: Record<string, unknown>, world: World, creditsLeft: number): SampleResponse {
  const details = Array.isArray(body.details) ? (body.details as { id?: string }[]) : []
  const failed = (error_code: string, error_message: string) => ({
    status: 400,
    body: { status: 'failed', error_code, error_message },
  })
  if (details.length === 0) return failed('INVALID_REQUEST', 'invalid request, missing details')
  if (details.length > MOST_AT_ONCE)
    return failed('RECORD_LIMIT_EXCEEDED', 'cannot enrich more than 10 in a single request')
  const matches = details.map(({ id }) => {
    const company = world.find(({ people }) => people.some((person) => person.id === id))
    const person = company?.people.find((other) => other.id === id)
    return company && person && person.atApollo !== 'missing' ? enriched(company, person) : null
  })
  const ids = matches.flatMap((found) => (found ? [found.id] : []))
  if (ids.length > creditsLeft) return sampleApollo.failure('quota', { path: '/people/bulk_match' } as SampleRequest, 0)
  return {
    status: 200,
    body: {
      status: 'success',
      error_code: null,
      error_message: null,
      total_requested_enrichments: details.length,
      unique_enriched_records: ids.length,
      missing_records: details.length - ids.length,
      credits_consumed: ids.length,
      request_id: rawNumber(REQUEST_ID),
      matches,
    },
    purchase: { page: `match ${details.map(({ id }) => id).join(',')}`, refs: ids, credits: ids.length },
  }
}

/** A number that is sent digit by digit. */
const rawNumber = (digits: string) => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(digits)

function enriched(company: Company, person: Person) {
  const { place, trade } = company
  const email =
    person.atApollo === 'none'
      ? null
      : person.atApollo === 'not unlocked'
        ? 'email_not_unlocked@domain.com'
        : person.email
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    name: `${person.firstName} ${person.lastName}`,
    linkedin_url: `http://www.linkedin.com/in/sample-${person.id}`,
    title: person.role.title,
    email,
    email_status: email ? (person.atApollo === 'verified' ? 'verified' : 'unverified') : null,
    extrapolated_email_confidence: null,
    organization_id: company.id,
    city: place.city,
    state: place.state,
    country: place.country,
    seniority: person.role.seniority,
    departments: [person.role.department],
    organization: {
      id: company.id,
      name: company.name,
      website_url: `http://www.${company.domain}`,
      primary_domain: company.domain,
      linkedin_url: null,
      phone: company.phone,
      primary_phone: {},
      industry: trade.industry,
      estimated_num_employees: company.employees,
      city: place.city,
      state: place.state,
      country: place.country,
    },
  }
}
