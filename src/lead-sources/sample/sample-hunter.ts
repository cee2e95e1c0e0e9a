import {
  type ApiFailure,
  type ApiState,
  asList,
  asText,
  contains,
  containsAny,
  type SampleApi,
  type SampleRequest,
  type SampleResponse,
} from './sample-api'
import { generic, listed } from './sample-hunter-people'
import type { Company, Person, World } from './world'

const SIZES = ['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000', '5001-10000', '10001+']
const DISCOVER_PAGE = 100

/** Hunter's API over made-up companies and people. */
export const sampleHunter: SampleApi = {
  keyOf: ({ headers, query }) =>
    asText(headers.authorization).replace(/^Bearer /, '') || asText(headers['x-api-key']) || query.get('api_key'),
  respond(request, world, { allowance, spent, smallPlan, timesBefore }) {
    switch (`${request.method} ${request.path}`) {
      case 'GET /account':
        return {
          status: 200,
          body: {
            data: {
              email: 'sample@sample-source.example',
              plan_name: smallPlan ? 'Free' : 'Sample',
              reset_date: '2026-12-24',
              requests: {
                searches: { used: spent, available: allowance },
                verifications: { used: 0, available: allowance },
                credits: { used: spent, available: allowance },
              },
            },
          },
        }
      case 'POST /discover':
        return discover(request, world, smallPlan)
      case 'GET /domain-search':
        return spent >= allowance ? this.failure('quota', request, 0) : searchDomain(request, world, smallPlan)
      case 'GET /email-finder':
        return spent >= allowance ? this.failure('quota', request, 0) : find(request, world)
      case 'GET /email-verifier':
        return verify(request, world, timesBefore)
      default:
        return refuse(404, 'not_found', 'The requested resource was not found.')
    }
  },
  failure(failure: ApiFailure, _request, retryAfter) {
    switch (failure) {
      case 'bad_key':
        return refuse(401, 'authentication_failed', 'No user found for the API key supplied')
      case 'plan':
        return refuse(403, 'forbidden', 'Your plan does not include this feature.')
      case 'scope':
        return refuse(400, 'pagination_error', 'Your plan does not allow to change the limit or the offset.')
      case 'quota':
        return refuse(402, 'payment_required', 'You have reached your quota. Upgrade your plan to go on.')
      case 'daily_rate':
        return refuse(
          429,
          'too_many_requests',
          'You have exceeded the number of requests per billing period included in your plan.',
        )
      case 'bad_request':
        return refuse(400, 'wrong_params', 'You are missing the domain parameter')
      default:
        return {
          ...refuse(429, 'too_many_requests', 'You are sending requests too fast.'),
          headers: { 'retry-after': String(retryAfter) },
        }
    }
  },
}

const refuse = (code: number, id: string, details: string): SampleResponse => ({
  status: code,
  body: { errors: [{ id, code, details }] },
})

const split = (value: string | null) => (value ? value.split(',') : [])
const callOf = ({ path, query }: SampleRequest) =>
  `${path.slice(1)} ${[...query]
    .sort()
    .map((pair) => pair.join('='))
    .join('&')}`

function searchDomain(request: SampleRequest, world: World, smallPlan: boolean): SampleResponse {
  const { query } = request
  const domain = query.get('domain')
  if (!domain) return sampleHunter.failure('bad_request', request, 0)
  const limit = Number(query.get('limit') ?? 10)
  const offset = Number(query.get('offset') ?? 0)
  if (!(limit >= 1 && limit <= 100 && offset >= 0)) return refuse(400, 'wrong_params', 'The limit must be 1 to 100')
  if (smallPlan && (limit > 10 || offset > 0)) return sampleHunter.failure('scope', request, 0)
  const company = world.find((other) => other.domain === domain)
  const departments = split(query.get('department'))
  const seniorities = split(query.get('seniority'))
  const people = (company?.people ?? []).filter(
    ({ atHunter, role }) =>
      atHunter &&
      (departments.length === 0 || departments.includes(role.department)) &&
      (seniorities.length === 0 || seniorities.includes(role.hunter)),
  )
  const unfiltered = departments.length + seniorities.length === 0
  const all = [...(company && unfiltered ? [generic(company)] : []), ...people.map(listed)]
  const emails = all.slice(offset, offset + limit)
  return {
    status: 200,
    body: {
      data: {
        domain,
        disposable: false,
        webmail: false,
        accept_all: false,
        pattern: '{first}.{last}',
        organization: company?.name ?? null,
        industry: company?.trade.industry ?? null,
        country: company?.place.code ?? null,
        state: null,
        city: null,
        linked_domains: [],
        emails,
      },
      meta: {
        results: all.length,
        limit,
        offset,
        params: {
          domain,
          company: null,
          type: null,
          seniority: query.get('seniority'),
          department: query.get('department'),
        },
      },
    },
    purchase: {
      page: callOf(request),
      refs: emails.map(({ value }) => value),
      credits: Math.ceil(emails.length / 10),
    },
  }
}

const personAt = (world: World, domain: string, is: (person: Person) => boolean) =>
  world.find((company) => company.domain === domain)?.people.find(is)

function find(request: SampleRequest, world: World): SampleResponse {
  const { query } = request
  const domain = query.get('domain') ?? ''
  const full = query.get('full_name') ?? `${query.get('first_name')} ${query.get('last_name')}`
  if (!domain || !full.trim()) return sampleHunter.failure('bad_request', request, 0)
  const person = personAt(world, domain, ({ firstName, lastName }) => `${firstName} ${lastName}` === full)
  const found = person && person.confidence >= 60 ? person : null
  return {
    status: 200,
    body: {
      data: {
        first_name: found?.firstName ?? null,
        last_name: found?.lastName ?? null,
        email: found?.email ?? null,
        score: found?.confidence ?? null,
        domain: found ? domain : null,
        accept_all: null,
        position: found?.role.title ?? null,
        linkedin_url: found ? `https://www.linkedin.com/in/sample-${found.id}` : null,
        phone_number: null,
        company: null,
        sources: [],
        verification: { date: null, status: null },
      },
      meta: { params: Object.fromEntries(query) },
    },
    purchase: found ? { page: callOf(request), refs: [`found ${found.email}`], credits: 1 } : undefined,
  }
}

function verify(request: SampleRequest, world: World, timesBefore: ApiState['timesBefore']): SampleResponse {
  const email = request.query.get('email') ?? ''
  if (!email.includes('@')) return refuse(400, 'wrong_params', 'You are missing the email parameter')
  const person = personAt(world, email.split('@')[1] ?? '', (other) => other.email === email)
  if (person?.verifiable === 'never') return { status: 222, body: { errors: [{ id: 'smtp_failure', code: 222 }] } }
  if (person?.verifiable === 'later' && timesBefore(email) === 0) return { status: 202, body: {} }
  const status = person?.verdict ?? (email.startsWith('info@') ? 'valid' : 'unknown')
  const score = status === 'valid' ? 96 : status === 'accept_all' ? 72 : 12
  return {
    status: 200,
    body: {
      data: {
        status,
        score,
        email,
        regexp: true,
        gibberish: false,
        disposable: false,
        webmail: false,
        mx_records: true,
        smtp_server: true,
        smtp_check: status === 'valid',
        accept_all: status === 'accept_all',
        block: false,
        sources: [],
      },
      meta: { params: { email } },
    },
    purchase: { page: callOf(request), refs: [`verified ${email}`], credits: 0.5 },
  }
}

type Included = { include?: unknown }

function discover(request: SampleRequest, world: World, smallPlan: boolean): SampleResponse {
  const { body } = request
  if (smallPlan && (body.limit !== undefined || body.offset !== undefined))
    return sampleHunter.failure('scope', request, 0)
  const limit = Number(body.limit ?? DISCOVER_PAGE)
  const offset = Number(body.offset ?? 0)
  const include = (name: string) => (body[name] as Included | undefined)?.include
  const locations = (Array.isArray(include('headquarters_location')) ? include('headquarters_location') : []) as {
    country?: string
    city?: string
  }[]
  const headcount = asList(body.headcount)
  const fits = ({ name, trade, place, employees }: Company) =>
    (locations.length === 0 ||
      locations.some(
        ({ country, city }) => (!country || country === place.code) && (!city || contains(place.city, city)),
      )) &&
    containsAny(trade.industry, asList(include('industry'))) &&
    containsAny(`${name} ${trade.industry} ${trade.label}`, asList(include('keywords'))) &&
    (headcount.length === 0 || headcount.includes(sizeOf(employees)))
  const all = world.filter(fits)
  const data = all.slice(offset, offset + limit).map(({ domain, name, people }) => {
    const personal = people.filter(({ atHunter }) => atHunter).length
    return { domain, organization: name, emails_count: { personal, generic: 1, total: personal + 1 } }
  })
  return { status: 200, body: { data, meta: { results: all.length, limit, offset } } }
}

const sizeOf = (employees: number) =>
  SIZES.find((size) => employees <= Number(size.split('-')[1] ?? Number.POSITIVE_INFINITY)) ?? '10001+'
