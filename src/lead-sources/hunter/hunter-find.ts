import type { FoundLead } from '@/domain/lead-generation/found-lead'
import type { ApiClient } from '../http/api-client'
import { type CallContext, type CallResult, SourceError } from '../types'
import { finderResponse } from './hunter-responses'

export type FindParams = { domain: string; lead: FoundLead }

/**
 * Finds the address of a person that another source found. A failure that surely cost nothing leaves the person without
 * an address. @throws {SourceError} `doubt`
 */
export async function executeFind(
  client: ApiClient,
  { domain, lead }: FindParams,
  { signal }: CallContext,
): Promise<CallResult> {
  const result = await client
    .request({
      limit: 'search',
      method: 'GET',
      path: '/email-finder',
      query: { domain, first_name: lead.firstName ?? '', last_name: lead.lastName ?? '' },
      paid: true,
      schema: finderResponse,
      signal,
    })
    .catch((error) => {
      if (error instanceof SourceError && error.kind !== 'doubt') return null
      throw error
    })
  const { email = null, score = null, linkedin_url = null } = result?.data.data ?? {}
  const found = { ...lead, email, emailConfidence: email && score, linkedinUrl: lead.linkedinUrl ?? linkedin_url }
  return { found: [found as FoundLead], seen: [], next: [], requests: result?.requests ?? 1, credits: email ? 1 : 0 }
}
