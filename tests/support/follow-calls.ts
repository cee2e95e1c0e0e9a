import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { createLeadSource } from '@/lead-sources/open-lead-sources'
import { SAMPLE_KEY, type SampleSources } from '@/lead-sources/sample/sample-server'
import type { SourceCall } from '@/lead-sources/types'

/** Retry options of tests: repeat at once. The times are only for what hangs. */
export const QUICK_RETRIES = {
  connectTimeoutMs: 60_000,
  responseTimeoutMs: 60_000,
  retryDelayMs: 5,
  retries: 3,
  deadlineMs: 120_000,
  rateLimitFactor: 100,
}

/** The three lead sources over the sample server. */
export const openSources = (sample: SampleSources, { retryOptions = QUICK_RETRIES, apiKey = SAMPLE_KEY } = {}) => {
  const open = (source: LeadSourceName) =>
    createLeadSource(source, { apiKey, baseUrl: sample.baseUrls[source], retryOptions })
  const sources = { apollo: open('apollo'), google_places: open('google_places'), hunter: open('hunter') }
  return {
    ...sources,
    close: async () => {
      for (const source of Object.values(sources)) await source.close()
    },
  }
}
export type OpenSources = ReturnType<typeof openSources>

export type Followed = {
  leads: FoundLead[]
  seen: string[]
  calls: SourceCall[]
  requests: number
  credits: number
}

/** Executes a source's calls one after the other, as a run does, until it has found `cap` leads. */
export async function followCalls(
  sources: OpenSources,
  source: LeadSourceName,
  criteria: { [K in keyof LeadCriteria]?: object },
  { cap = 1000, apis = ['apollo', 'google_places', 'hunter'] as LeadSourceName[], known = new Set<string>() } = {},
): Promise<Followed> {
  const waiting = sources[source].first(leadCriteria.parse(criteria), { cap, apis: new Set(apis) })
  const followed: Followed = { leads: [], seen: [], calls: [], requests: 0, credits: 0 }
  for (let call = waiting.shift(); call && followed.leads.length < cap; call = waiting.shift()) {
    const answer = await sources[call.api].execute(call, {
      maxLeads: cap - followed.leads.length,
      knownRefs: async (refs) => new Set(refs.filter((ref) => known.has(ref))),
    })
    followed.calls.push(call)
    followed.leads.push(...answer.found)
    followed.seen.push(...answer.seen)
    followed.requests += answer.requests
    followed.credits += answer.credits
    waiting.unshift(...answer.next)
  }
  return followed
}
