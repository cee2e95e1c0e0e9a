import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LeadSourceName, leadCriteria } from '@/domain/lead-generation/criteria'
import { createApollo } from '@/lead-sources/apollo/apollo'
import { createLeadSource } from '@/lead-sources/open-lead-sources'
import type { Fault } from '@/lead-sources/sample/faults'
import { SampleSources } from '@/lead-sources/sample/sample-server'
import { type Asking, type SourceAnswer, type SourceCall, SourceError } from '@/lead-sources/types'
import { IMPATIENT, type OpenSources, openSources } from '../../support/follow-calls'

// All requests of this file carry it, and the sample server takes it.
const CANARY = 'canary-key-0b7d4e51f3'
const HOUR = 3600

describe('trouble with a source', () => {
  let sample: SampleSources
  let sources: OpenSources
  /** One call of each kind that is asked here, as a run would hold it. */
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
    const [match] = (await make(search)).next
    if (!match) throw new Error('nobody to match')
    await sources.close()
    calls = { search, match, places: first('google_places'), domain: first('hunter') }
  })
  // A source that was told to wait for an hour does so: each test opens its own.
  beforeEach(() => {
    sample.heal()
    sample.requests.clear()
    sources = open()
  })
  afterEach(() => sources.close())
  afterAll(() => sample.close())

  const open = () => openSources(sample, { apiKey: CANARY, patience: { ...IMPATIENT, answerMs: 700 } })

  const make = (call: SourceCall, asking: Partial<Asking> = {}): Promise<SourceAnswer> =>
    sources[call.api].make(call, { wanted: 10, known: async () => new Set(), ...asking })
  const asked = () => [...sample.requests.values()].reduce((sum, times) => sum + times, 0)

  /** The trouble that a fault makes; the fault must not pass for an answer. */
  async function troubleOf(call: SourceCall, fault: Fault, options = {}): Promise<SourceError> {
    sample.fail(call.api, fault, options)
    const trouble = await make(call).then(
      () => new Error('answered'),
      (error: unknown) => error,
    )
    errors.push(trouble)
    expect(trouble).toBeInstanceOf(SourceError)
    return trouble as SourceError
  }

  const NO_KEY = {
    status: 403,
    body: { error: { code: 403, status: 'PERMISSION_DENIED', message: 'Method does not allow unregistered callers.' } },
  }
  const hunterSays = (status: number, id: string, details = id) => ({
    status,
    body: { errors: [{ id, code: status, details }] },
  })

  describe('in its own words', () => {
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
    ] as const)('%s: %j is %s, and asked once', async (name, fault, kind) => {
      const trouble = await troubleOf(calls[name], fault as Fault)
      expect(trouble.kind).toBe(kind)
      expect(trouble.message.length).toBeGreaterThan(20)
      expect(asked()).toBe(1)
    })

    it.each(['search', 'match', 'places', 'domain'] as const)('%s: too fast for longer than we wait', async (name) => {
      const trouble = await troubleOf(calls[name], 'rate', { retryAfter: HOUR })
      expect(trouble.kind).toBe('rate')
      // Google names no time; it is asked again a few times, later and later.
      if (name === 'places') expect(asked()).toBe(IMPATIENT.retries + 1)
      else expect(trouble.retryAfterMs).toBe(HOUR * 1000)
    })

    it('takes a 403 of Hunter that is not "forbidden" for too fast', async () => {
      expect((await troubleOf(calls.domain, hunterSays(403, 'rate_limited'))).kind).toBe('rate')
    })

    it.each([404, 422, 451])('takes %i for a domain with nobody that Hunter may name', async (status) => {
      sample.fail('hunter', hunterSays(status, 'validation_failed'))
      expect(await make(calls.domain)).toMatchObject({ found: [], next: [], credits: 0 })
    })
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: waits as long as retry-after says', async (name) => {
    sample.fail(calls[name].api, { status: 429, headers: { 'retry-after': '1' }, body: {} }, { times: 1 })
    const from = performance.now()
    await make(calls[name])
    expect(performance.now() - from).toBeGreaterThan(950)
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: repeats what surely was not served', async (name) => {
    sample.fail(calls[name].api, 'outage', { times: 2 })
    const answer = await make(calls[name])
    expect(answer.found.length + answer.next.length).toBeGreaterThan(0)
    const trouble = await troubleOf(calls[name], 'outage')
    expect(trouble).toMatchObject({ kind: 'outage', message: expect.stringContaining('Nothing was charged') })
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: says so where nobody listens', async (name) => {
    const { api } = calls[name]
    const nobody = await SampleSources.start({ companies: 1 })
    const { port } = nobody
    await nobody.close()
    const source = createLeadSource(api, { apiKey: CANARY, baseUrl: `http://127.0.0.1:${port}`, patience: IMPATIENT })
    const trouble = await source.make(calls[name], { wanted: 1, known: async () => new Set() }).catch((error) => error)
    expect(trouble).toMatchObject({ kind: 'outage' })
    errors.push(trouble)
    await source.close()
  })

  const LOST = ['crash', 'gateway', 'silent', 'drip', 'break', 'break_in_body', 'malformed', 'wrong_form'] as const
  describe.each(LOST)('an answer lost by "%s"', (fault) => {
    it.each(['match', 'places', 'domain'] as const)(
      'puts a paid request in doubt, and never repeats it: %s',
      async (name) => {
        const trouble = await troubleOf(calls[name], fault)
        expect(trouble).toMatchObject({
          kind: 'doubt',
          message: expect.stringContaining('may have served and charged'),
        })
        expect(asked()).toBe(1)
      },
    )

    it('lets a free request be asked again', async () => {
      sample.fail('apollo', fault, { times: 1 })
      expect((await make(calls.search)).requests).toBe(2)
      if (fault !== 'silent' && fault !== 'drip') expect((await troubleOf(calls.search, fault)).kind).toBe('outage')
    })
  })

  it.each(['search', 'match', 'places', 'domain'] as const)('%s: follows no redirect', async (name) => {
    expect((await troubleOf(calls[name], 'redirect')).message).toContain('redirect')
    expect(asked()).toBe(1)
  })

  it.each(['search', 'match', 'places', 'domain'] as const)(
    '%s: reads answers with unknown fields as ever',
    async (name) => {
      const plain = await make(calls[name])
      sample.fail(calls[name].api, 'unknown_fields')
      expect(await make(calls[name])).toEqual(plain)
    },
  )

  it('reads answers whose leaves are null', async () => {
    for (const { api } of Object.values(calls)) sample.fail(api, 'null_leaves')
    expect((await make(calls.search)).next.length).toBeGreaterThan(0)
    const [person] = (await make(calls.match)).found
    expect(person).toMatchObject({ sourceRef: expect.any(String), email: null, companyName: null, city: null })
    const [company] = (await make(calls.places)).found
    expect(company).toMatchObject({ sourceRef: expect.stringContaining('ChIJ'), companyName: null, fieldsToClear: [] })
    // Nothing says how sure an address is: below every limit but none.
    expect((await make(calls.domain)).found).toEqual([])
    const all = { ...calls.domain, params: { ...calls.domain.params, minConfidence: 0 } }
    expect((await make(all)).found[0]).toMatchObject({ email: expect.stringContaining('@'), firstName: null })
  })

  it('ends waiting when it is told to, and lets a paid request on the wire end', async () => {
    const stop = new AbortController()
    sample.fail('apollo', 'rate', { retryAfter: 10 })
    const waiting = make(calls.match, { signal: stop.signal })
    while (asked() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    stop.abort(new Error('worker stops'))
    await expect(waiting).rejects.toThrow('worker stops')
    const other = await SampleSources.start({ latencyMs: 200, companies: 10 })
    const open = openSources(other)
    const during = new AbortController()
    const answer = open.google_places.make(calls.places, {
      wanted: 1,
      known: async () => new Set(),
      signal: during.signal,
    })
    while (other.requests.size === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    during.abort(new Error('worker stops'))
    expect((await answer).found.length).toBeGreaterThan(0)
    await open.close()
    await other.close()
  })

  it('connects to no private address unless the environment named it', async () => {
    const baseUrl = sample.baseUrls.apollo.replace('127.0.0.1', 'localhost')
    const source = createApollo({ apiKey: CANARY, baseUrl, patience: IMPATIENT })
    await expect(source.test()).rejects.toMatchObject({
      kind: 'outage',
      message: expect.stringContaining('ENOTPUBLIC'),
    })
    expect(asked()).toBe(0)
    await source.close()
  })

  it('never shows the key in an error, even where the source repeats it', async () => {
    for (const call of Object.values(calls)) await troubleOf(call, 'echo_key')
    expect(errors.length).toBeGreaterThan(60)
    expect(inspect(errors, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null })).not.toContain(
      CANARY,
    )
  })
})
