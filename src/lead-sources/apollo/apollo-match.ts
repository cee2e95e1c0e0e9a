import { EMPTY_FOUND_LEAD, type FoundLead } from '@/domain/lead-generation/found-lead'
import type { ApiClient } from '../http/api-client'
import { findCall } from '../hunter/hunter-calls'
import type { CallContext, CallResult, SourceCall } from '../types'
import { adoptMinuteLimit } from './apollo-limits'
import { confidenceOf, matchResponse, type Person } from './apollo-responses'

const MATCHES_PER_REQUEST = 10
// Placeholder in the place of an address that was not bought.
const PLACEHOLDER = /^email_not_unlocked@/i

export type MatchParams = { ids: string[]; findWithHunter: boolean }

/** Calls that buy the addresses of these people, in tens. */
export const matchCalls = (ids: string[], findWithHunter: boolean): SourceCall[] =>
  inTens(ids).map((ten) => ({
    api: 'apollo',
    kind: 'match',
    paid: true,
    params: { ids: ten, findWithHunter },
    refs: ten,
  }))

const inTens = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / MATCHES_PER_REQUEST) }, (_, i) =>
    ids.slice(i * MATCHES_PER_REQUEST, (i + 1) * MATCHES_PER_REQUEST),
  )

/** Buys addresses, a credit each; a person without one is looked up at Hunter next, where that is on. */
export async function executeMatch(
  client: ApiClient,
  { ids, findWithHunter }: MatchParams,
  { signal }: CallContext,
): Promise<CallResult> {
  const { data, requests, headers } = await client.request({
    limit: 'match',
    method: 'POST',
    path: '/people/bulk_match',
    body: { details: ids.map((id) => ({ id })), reveal_personal_emails: false, reveal_phone_number: false },
    paid: true,
    schema: matchResponse,
    signal,
  })
  adoptMinuteLimit(client, 'match', headers)
  const people = data.matches.map((person) => {
    const lead = toFoundLead(person)
    return { lead, find: findWithHunter ? findCall(lead, person.organization.primary_domain) : null }
  })
  return {
    found: people.flatMap(({ lead, find }) => (find ? [] : [lead])),
    seen: [],
    next: people.flatMap(({ find }) => find ?? []),
    requests,
    credits: data.credits_consumed ?? data.matches.length,
  }
}

function toFoundLead(person: Person): FoundLead {
  const { organization } = person
  const email = person.email && !PLACEHOLDER.test(person.email) ? person.email : null
  return {
    ...EMPTY_FOUND_LEAD,
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
