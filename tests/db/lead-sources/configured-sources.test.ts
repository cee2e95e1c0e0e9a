import { Writable } from 'node:stream'
import { inspect } from 'node:util'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LEAD_SOURCES } from '@/domain/lead-generation/criteria'
import { SAMPLE_KEY, SampleSources } from '@/lead-sources/sample/sample-server'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { estimateLeads } from '@/use-cases/lead-generation/estimate-leads'
import { listLeadSources } from '@/use-cases/lead-sources/list-lead-sources'
import { openLeadSources } from '@/use-cases/lead-sources/open-lead-source'
import { saveLeadSource } from '@/use-cases/lead-sources/save-lead-source'
import { testLeadSource } from '@/use-cases/lead-sources/test-lead-source'
import { updateLead } from '@/use-cases/leads/update-lead'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, createEngine, type Engine } from '../../support/engine'

const CANARY = 'canary-key-5f2e9c71d0'

describe('lead sources', () => {
  let engine: Engine
  let sample: SampleSources
  beforeAll(async () => {
    sample = await SampleSources.start()
    engine = await createEngine({ sample })
  })
  beforeEach(async () => {
    sample.clearFaults()
    await engine.db.leadSource.deleteMany()
  })
  afterAll(async () => {
    await engine.close()
    await sample.close()
  })
  const view = async (source: string) => (await listLeadSources(engine.deps)).find((one) => one.source === source)

  it('uses a key of the environment, which also switches the source on', async () => {
    expect(await view('apollo')).toMatchObject({
      label: 'Apollo',
      enabled: true,
      keySet: true,
      keyFrom: 'environment',
      sample: true,
      testedAt: null,
      testResult: null,
    })
    expect([...(await openLeadSources(engine.deps)).keys()]).toEqual(['apollo', 'google_places', 'hunter'])
  })

  it('stores a key sealed, prefers it to that of the environment, and never answers it', async () => {
    const saved = await saveLeadSource(engine.deps, { source: 'apollo', enabled: true, apiKey: CANARY })
    expect(saved).toMatchObject({ keyFrom: 'settings', maskedKey: '••••71d0' })
    const { rows } = await engine.pool.query('SELECT lead_sources::text AS row FROM lead_sources')
    const result = await testLeadSource(engine.deps, { source: 'apollo' })
    expect(result).toEqual({ ok: false, problem: expect.stringContaining('Apollo does not accept this key') })
    for (const text of [rows, saved, result, await listLeadSources(engine.deps)]) {
      expect(JSON.stringify(text)).not.toContain(CANARY)
    }
    await saveLeadSource(engine.deps, { source: 'apollo', enabled: true, apiKey: null })
    expect(await view('apollo')).toMatchObject({ keyFrom: 'environment', testResult: null })
  })

  it('keeps the stored key when a source is saved without one, and forgets a test with the key', async () => {
    await saveLeadSource(engine.deps, { source: 'hunter', enabled: true, apiKey: SAMPLE_KEY })
    await testLeadSource(engine.deps, { source: 'hunter' })
    await saveLeadSource(engine.deps, { source: 'hunter', enabled: false })
    expect(await view('hunter')).toMatchObject({ enabled: false, keyFrom: 'settings', testResult: { ok: true } })
    expect((await openLeadSources(engine.deps)).has('hunter')).toBe(false)
    await saveLeadSource(engine.deps, { source: 'hunter', enabled: true, apiKey: CANARY })
    expect(await view('hunter')).toMatchObject({ testedAt: null, testResult: null })
  })

  it('keeps what each source says of the account', async () => {
    for (const source of ['apollo', 'google_places', 'hunter'] as const) await testLeadSource(engine.deps, { source })
    expect(await view('apollo')).toMatchObject({
      enabled: true,
      testedAt: engine.clock.now(),
      testResult: { ok: true, quotaLeft: 10_000, quotaUnit: 'credits' },
    })
    expect(await view('google_places')).toMatchObject({ testResult: { ok: true, quotaLeft: null } })
    expect(await view('hunter')).toMatchObject({
      testResult: { ok: true, plan: 'Sample', quotaLeft: 10_000, renewsAt: new Date('2026-12-24') },
    })
  })

  it('refuses to switch a source on that has no key', async () => {
    const keyless = { ...engine.deps, config: { ...engine.deps.config, leadSources: { keys: {}, sample: false } } }
    await expect(saveLeadSource(keyless, { source: 'apollo', enabled: true })).rejects.toThrow(/has no key yet/)
    expect(await testLeadSource(keyless, { source: 'apollo' })).toMatchObject({ ok: false })
  })

  it('goes on without a source whose key was sealed with another ENCRYPTION_KEY', async () => {
    await saveLeadSource(engine.deps, { source: 'apollo', enabled: true, apiKey: CANARY })
    const rotated = { ...engine.deps, config: { ...engine.deps.config, encryptionKey: 'f'.repeat(64) } }
    expect([...(await openLeadSources(rotated)).keys()]).toEqual(['google_places', 'hunter'])
    expect(await testLeadSource(rotated, { source: 'apollo' })).toMatchObject({
      problem: expect.stringContaining('Enter the key again'),
    })
  })

  it('shows no key in logs or answers, whatever a source does', async () => {
    let logged = ''
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        logged += chunk
        done()
      },
    })
    const deps = { ...engine.deps, log: pino({ level: 'trace' }, stream) }
    const user = { id: 'owner', name: 'Owner', email: 'owner@nexa.example', role: 'owner' as const }
    const api = createCallerFactory(appRouter)({ deps, user })
    const said: unknown[] = []
    const keep = (answer: Promise<unknown>) =>
      answer.then(
        (value) => said.push(value),
        (error) => said.push(error, inspect(error, { depth: 10 })),
      )
    for (const source of LEAD_SOURCES) {
      await keep(api.leadSources.save({ source, enabled: true, apiKey: CANARY }))
      await keep(api.leadSources.save({ source, enabled: true, apiKey: `${CANARY} with a blank` }))
      for (const fault of ['bad_key', 'echo_key', 'outage', 'crash', 'break', 'malformed'] as const) {
        sample.injectFault(source, fault)
        await keep(api.leadSources.test({ source }))
        sample.clearFaults()
      }
    }
    await keep(api.leadSources.list())
    await keep(
      testLeadSource({ ...deps, config: { ...deps.config, encryptionKey: 'e'.repeat(64) } }, { source: 'apollo' }),
    )
    expect(said.length).toBeGreaterThan(25)
    expect(logged).toContain('cannot be read')
    expect(JSON.stringify(said) + inspect(said, { depth: 10 }) + logged).not.toContain(CANARY)
  })

  it('estimates a campaign where that is free; each source fails alone', async () => {
    const { id: campaignId } = await engine.db.campaign.create({
      data: {
        name: 'Estimate',
        campaignType: 'lead_generation',
        leadSources: ['apollo', 'google_places', 'hunter'],
        leadCriteria: {
          apollo: { titles: ['Owner'] },
          google_places: { query: 'dentist', area: 'Hamburg' },
          hunter: { discover: { country: 'de' } },
        },
      },
    })
    const { sources } = await estimateLeads(engine.deps, { campaignId })
    expect(sources).toMatchObject([
      { source: 'apollo', unit: 'people', problem: null, sample: true },
      { source: 'google_places', total: null, samples: [], problem: expect.stringContaining('charges') },
      { source: 'hunter', unit: 'companies', problem: null },
    ])
    expect(sources.map(({ samples }) => samples.length)).toEqual([5, 0, 5])
    sample.injectFault('apollo', 'quota')
    const again = await estimateLeads(engine.deps, { campaignId })
    expect(again.sources[0]).toMatchObject({ total: null, problem: expect.stringContaining('credits') })
    expect(again.sources[2]?.total).toBeGreaterThan(100)
  })

  it('clears what Google lets nobody keep after the retention, and nothing else', async () => {
    const at = engine.clock.now()
    const fromGoogle = {
      source: 'google_places',
      sourceRef: 'place#a',
      sourceFetchedAt: at,
      companyName: 'Alder Dental',
      phone: '+49 30 1',
      city: 'Berlin',
      jobTitle: 'Owner',
      fieldsToClear: ['companyName', 'phone', 'city'],
    }
    const kept = { ...fromGoogle, email: 'b@alder.example', source: 'apollo', fieldsToClear: [] }
    const { id } = await engine.db.lead.create({ data: { ...fromGoogle, email: 'a@alder.example' } })
    const { id: other } = await engine.db.lead.create({ data: kept })
    await updateLead(engine.deps, { id, city: 'Potsdam', phone: '+49 30 1', by: BY })
    await saveLeadSource(engine.deps, { source: 'google_places', enabled: true, settings: { retentionDays: 10 } })

    engine.clock.advanceDays(9)
    await runTick(engine.deps)
    expect(await engine.db.lead.findUnique({ where: { id } })).toMatchObject({ companyName: 'Alder Dental' })
    engine.clock.advanceDays(1)
    await runTick(engine.deps)
    expect(await engine.db.lead.findUnique({ where: { id } })).toMatchObject({
      email: 'a@alder.example',
      companyName: null,
      phone: null,
      city: 'Potsdam',
      jobTitle: 'Owner',
      sourceRef: 'place#a',
      sourceFetchedAt: at,
      fieldsToClear: [],
    })
    expect(await engine.db.lead.findUnique({ where: { id: other } })).toMatchObject(kept)
  })
})
