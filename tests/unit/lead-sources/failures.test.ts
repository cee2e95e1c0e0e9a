import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { createApollo } from '@/lead-sources/apollo/apollo'
import { createLeadSource } from '@/lead-sources/open-lead-sources'
import type { Fault } from '@/lead-sources/sample/faults'
import { SampleSources } from '@/lead-sources/sample/sample-server'
import { type CallContext, type CallResult, type SourceCall, SourceError } from '@/lead-sources/types'
import { type OpenSources, openSources, QUICK_RETRIES } from '../../support/follow-calls'

// All requests of this file carry it, and the sample server takes it.
const CANARY = 'canary-key-0b7d4e51f3'
const HOUR = 3600

describe('failures of a source', () => {
  let sample: SampleSources
  let sources: OpenSources
  /** One call of each kind that is executed here, as a run would hold it. */
  let calls: Record<'search' | 'match' | 'places' | 'domain', SourceCall>
  const errors: unknown[] = []

  beforeAll(async () => {
    const keys = { apollo: CANARY, google_places: CANARY, hunter: CANARY }
    sample = await SampleSources.start({ keys, companies: 120 })
    sources = open()
    const criteria = leadCriteria.parse({
      apollo: { personLocations: ['Germany'] },
      google_places: { query: 'dentist' },
      hunter: { domains: [sample.world[0]?.domain] },
    })
    const first = (source: LeadSourceName) => {
      const [call] = sources[source].first(criteria, { cap: 10, apis: new Set() })
      if (!call) throw new Error(`${source} has no first call`)
      return call
    }
    const search = first('apollo')
    const [match] = (await execute(search)).next
    if (!match) throw new Error('nobody to match')
    await sources.close()
    calls = { search, match, places: first('google_places'), domain: first('hunter') }
  })
  // A source that has to wait for an hour does so: each test opens its own.
  beforeEach(() => {
    sample.clearFaults()
    sample.requests.clear()
    sample.beforeResponse = () => undefined
    sources = open()
  })
  afterEach(() => sources.close())
  afterAll(() => sample.close())

  const open = (responseTimeoutMs = QUICK_RETRIES.responseTimeoutMs) =>
    openSources(sample, { apiKey: CANARY, retryOptions: { ...QUICK_RETRIES, responseTimeoutMs } })

  const execute = (call: SourceCall, context: Partial<CallContext> = {}): Promise<CallResult> =>
    sources[call.api].execute(call, { maxLeads: 10, knownRefs: async () => new Set(), ...context })
  const requestCount = () => [...sample.requests.values()].reduce((sum, times) => sum + times, 0)

  /** The failure that follows from a fault; the fault must not pass for a response. */
  async function failureOf(call: SourceCall, fault: Fault, options = {}): Promise<SourceError> {
    sample.injectFault(call.api, fault, options)
    const failure = await execute(call).then(
      () => new Error('answered'),
      (error: unknown) => error,
    )
    errors.push(failure)
    expect(failure).toBeInstanceOf(SourceError)
    return failure as SourceError
  }

  const NO_KEY = {
    status: 403,
    body: { error: { code: 403, status: 'PERMISSION_DENIED', message: 'Method does not allow unregistered callers.' } },
  }
  const hunterSays = (status: number, id: string, details = id) => ({
    status,
    body: { errors: [{ id, code: status, details }] },
  })

  describe('reported by itself', () => {
    it.each([
      ['search', 'bad_key', 'bad_key'],
      ['search', 'plan', 'plan'],
      ['search', 'scope', 'plan'],
      ['search', 'bad_request', 'bad_request'],
      ['match', 'bad_key', 'bad_key'],
      ['match', 'plan', 'plan'],
      ['match', 'quota', 'quota'],
      ['match', { status: 402, body: '' }, 'quota'],
      [
        'match',
        { status: 400, body: { status: 'failed', error_code: 'INVALID_REQUEST', error_message: 'missing details' } },
        'bad_request',
      ],
      ['places', 'bad_key', 'bad_key'],
      ['places', NO_KEY, 'bad_key'],
      ['places', 'plan', 'plan'],
      ['places', 'scope', 'plan'],
      ['places', 'daily_rate', 'quota'],
      ['places', 'bad_request', 'bad_request'],
      ['domain', 'bad_key', 'bad_key'],
      ['domain', 'plan', 'plan'],
      ['domain', 'quota', 'quota'],
      ['domain', 'daily_rate', 'quota'],
      ['domain', 'bad_request', 'bad_request'],
    ] as const)('%s: %j is %s, and requested once', async (name, fault, kind) => {
      const failure = await failureOf(calls[name], fault as Fault)
      expect(failure.kind).toBe(kind)
      expect(failure.message.length).toBeGreaterThan(20)
      expect(requestCount()).toBe(1)
    })

    it.each(['search', 'match', 'places', 'domain'] as const)('%s: too fast for longer than we wait', async (name) => {
      const failure = await failureOf(calls[name], 'rate', { retryAfter: HOUR })
      expect(failure.kind).toBe('rate')
      // Google names no time; the request is repeated a few times, later and later.
      if (name === 'places') expect(requestCount()).toBe(QUICK_RETRIES.retries + 1)
      else expect(failure.retryAfterMs).toBe(HOUR * 1000)
    })

    it('takes a 403 of Hunter that is not "forbidden" for too fast', async () => {
      expect((await failureOf(calls.domain, hunterSays(403, 'rate_limited'))).kind).toBe('rate')
    })

    it.each([404, 422, 451])('takes %i for a domain with nobody that Hunter may name', async (status) => {
      sample.injectFault('hunter', hunterSays(status, 'validation_failed'))
      expect(await execute(calls.domain)).toMatchObject({ found: [], next: [], credits: 0 })
    })
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: waits as long as retry-after says', async (name) => {
    sample.injectFault(calls[name].api, { status: 429, headers: { 'retry-after': '1' }, body: {} }, { times: 1 })
    const from = performance.now()
    await execute(calls[name])
    expect(performance.now() - from).toBeGreaterThan(950)
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: repeats what surely was not served', async (name) => {
    sample.injectFault(calls[name].api, 'outage', { times: 2 })
    const answer = await execute(calls[name])
    expect(answer.found.length + answer.next.length).toBeGreaterThan(0)
    const failure = await failureOf(calls[name], 'outage')
    expect(failure).toMatchObject({ kind: 'outage', message: expect.stringContaining('Nothing was charged') })
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: is an outage where nothing listens', async (name) => {
    const { api } = calls[name]
    const nobody = await SampleSources.start({ companies: 1 })
    const { port } = nobody
    await nobody.close()
    const source = createLeadSource(api, {
      apiKey: CANARY,
      baseUrl: `http://127.0.0.1:${port}`,
      retryOptions: QUICK_RETRIES,
    })
    const failure = await source
      .execute(calls[name], { maxLeads: 1, knownRefs: async () => new Set() })
      .catch((error) => error)
    expect(failure).toMatchObject({ kind: 'outage' })
    errors.push(failure)
    await source.close()
  })

  const LOST = ['crash', 'gateway', 'silent', 'drip', 'break', 'break_in_body', 'malformed', 'wrong_form'] as const
  describe.each(LOST)('an answer lost by "%s"', (fault) => {
    // Only what never comes is given up.
    beforeEach(async () => {
      await sources.close()
      sources = ['silent', 'drip'].includes(fault) ? open(2_000) : open()
    })
    it.each(['match', 'places', 'domain'] as const)(
      'puts a paid request in doubt, and never repeats it: %s',
      async (name) => {
        const failure = await failureOf(calls[name], fault)
        expect(failure).toMatchObject({
          kind: 'doubt',
          message: expect.stringContaining('may have served and charged'),
        })
        expect(requestCount()).toBe(1)
      },
    )

    it('lets a free request be repeated', async () => {
      sample.injectFault('apollo', fault, { times: 1 })
      expect((await execute(calls.search)).requests).toBe(2)
      if (fault !== 'silent' && fault !== 'drip') expect((await failureOf(calls.search, fault)).kind).toBe('outage')
    })
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: follows no redirect', async (name) => {
    expect((await failureOf(calls[name], 'redirect')).message).toContain('redirect')
    expect(requestCount()).toBe(1)
  })

  it.each(['search', 'match', 'places', 'domain'] as const)(
    '%s: reads answers with unknown fields as ever',
    async (name) => {
      const plain = await execute(calls[name])
      sample.injectFault(calls[name].api, 'unknown_fields')
      expect(await execute(calls[name])).toEqual(plain)
    },
  )

  it('reads answers whose leaves are null', async () => {
    for (const { api } of Object.values(calls)) sample.injectFault(api, 'null_leaves')
    expect((await execute(calls.search)).next.length).toBeGreaterThan(0)
    const [person] = (await execute(calls.match)).found
    expect(person).toMatchObject({ sourceRef: expect.any(String), email: null, companyName: null, city: null })
    const [company] = (await execute(calls.places)).found
    expect(company).toMatchObject({ sourceRef: expect.stringContaining('ChIJ'), companyName: null, fieldsToClear: [] })
    // Without any confidence an address is below every limit but none.
    expect((await execute(calls.domain)).found).toEqual([])
    const all = { ...calls.domain, params: { ...calls.domain.params, minConfidence: 0 } }
    expect((await execute(all)).found[0]).toMatchObject({ email: expect.stringContaining('@'), firstName: null })
  })

  it('ends waiting at its signal, and lets a paid request on the wire end', async () => {
    const stop = new AbortController()
    sample.injectFault('apollo', 'rate', { retryAfter: 10 })
    const waiting = execute(calls.match, { signal: stop.signal })
    while (requestCount() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort(new Error('worker stops'))
    await expect(waiting).rejects.toThrow('worker stops')
    const during = new AbortController()
    sample.beforeResponse = async () => during.abort(new Error('worker stops'))
    const answer = execute(calls.places, { maxLeads: 1, signal: during.signal })
    expect((await answer).found.length).toBeGreaterThan(0)
    expect(during.signal.aborted).toBe(true)
  })

  it('connects to no private address unless the environment named it', async () => {
    const baseUrl = sample.baseUrls.apollo.replace('127.0.0.1', 'localhost')
    const source = createApollo({ apiKey: CANARY, baseUrl, retryOptions: QUICK_RETRIES })
    await expect(source.test()).rejects.toMatchObject({
      kind: 'outage',
      message: expect.stringContaining('ENOTPUBLIC'),
    })
    expect(requestCount()).toBe(0)
    await source.close()
  })

  it('never shows the key in an error, even where the source repeats it', async () => {
    for (const call of Object.values(calls)) await failureOf(call, 'echo_key')
    expect(errors.length).toBeGreaterThan(60)
    expect(inspect(errors, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null })).not.toContain(
      CANARY,
    )
  })
})
