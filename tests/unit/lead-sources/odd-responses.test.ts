import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { SAMPLE_KEY, SampleSources } from '@/lead-sources/sample/sample-server'
import { isSourceError, type SourceCall } from '@/lead-sources/types'
import { type OpenSources, openSources } from '../../support/follow-calls'

/** Puts `odd` in the place of the n-th value of an answer, counted from its root. */
function spoil(answer: unknown, n: number, odd: unknown): unknown {
  let left = n
  const walk = (value: unknown): unknown => {
    if (left-- === 0) return odd
    if (Array.isArray(value)) return value.map(walk)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(answer)
}

describe('a response with one odd value', () => {
  let sample: SampleSources
  let sources: OpenSources
  const answers: { call: SourceCall; path: string; answer: unknown }[] = []
  const context = { maxLeads: 10, knownRefs: async () => new Set<string>() }

  beforeAll(async () => {
    sample = await SampleSources.start({ companies: 64 })
    sources = openSources(sample, {
      retryOptions: {
        connectTimeoutMs: 2_000,
        responseTimeoutMs: 2_000,
        retryDelayMs: 1,
        retries: 0,
        deadlineMs: 20_000,
        rateLimitFactor: 1_000,
      },
    })
    const domain = sample.world[0]?.domain ?? ''
    const criteria = leadCriteria.parse({
      apollo: { personLocations: ['Germany'] },
      google_places: { query: 'dentist' },
      hunter: { discover: { country: 'DE' } },
    })
    const apis = new Set(['hunter'] as const)
    const [search] = sources.apollo.first(criteria, { cap: 10, apis })
    const [places] = sources.google_places.first(criteria, { cap: 10, apis })
    const [discover] = sources.hunter.first(criteria, { cap: 10, apis })
    const [match] = search ? (await sources.apollo.execute(search, context)).next : []
    const [people] = discover ? (await sources.hunter.execute(discover, context)).next : []
    const raw = async (url: string, init: RequestInit = {}) =>
      (
        await fetch(url, {
          ...init,
          headers: { 'x-api-key': SAMPLE_KEY, 'x-goog-api-key': SAMPLE_KEY, 'x-goog-fieldmask': '*,nextPageToken' },
        })
      ).json()
    const post = (url: string, body: object) => raw(url, { method: 'POST', body: JSON.stringify(body) })
    const { apollo, google_places: google, hunter } = sample.baseUrls
    const add = (call: SourceCall | undefined, path: string, answer: unknown) =>
      call && answers.push({ call, path, answer })
    add(search, '/api_search', await post(`${apollo}/mixed_people/api_search`, { page: 1, per_page: 3 }))
    add(
      match,
      '/bulk_match',
      await post(`${apollo}/people/bulk_match`, { details: (match?.refs ?? []).slice(0, 2).map((id) => ({ id })) }),
    )
    add(places, '/places:searchText', await post(`${google}/places:searchText`, { textQuery: 'dentist', pageSize: 2 }))
    add(discover, '/discover', await post(`${hunter}/discover`, { limit: 2 }))
    add(people, '/domain-search', await raw(`${hunter}/domain-search?domain=${domain}&limit=2`))
  })
  afterAll(async () => {
    await sources.close()
    await sample.close()
  })

  it('is read, or refused as a failure of the source: nothing else', async () => {
    expect(answers).toHaveLength(5)
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, {}, [], '', 0, -1, 1e308, 'null', [[]], [null]))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1, 2, 3, 4), fc.nat(70), value, async (which, place, odd) => {
        const { call, path, answer } = answers[which] ?? fail()
        sample.injectFault(call.api, { status: 200, body: spoil(answer, place, odd) }, { times: 1, path })
        const result = await sources[call.api].execute(call, context).catch((error: unknown) => error)
        sample.clearFaults()
        if (isSourceError(result)) {
          expect(result.kind).toBe(call.paid ? 'doubt' : 'outage')
          return
        }
        expect(result).not.toBeInstanceOf(Error)
        const { found, credits } = result as { found: { sourceRef: string; email: string | null }[]; credits: number }
        expect(Number.isFinite(credits)).toBe(true)
        for (const { sourceRef, email } of found) {
          expect(typeof sourceRef).toBe('string')
          expect(email === null || typeof email === 'string').toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

function fail(): never {
  throw new Error('no such answer')
}
