import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { SampleSources } from '@/lead-sources/sample/sample-server'
import { followCalls, type OpenSources, openSources } from '../../../support/follow-calls'

describe('Apollo', () => {
  let sample: SampleSources
  let sources: OpenSources
  beforeAll(async () => {
    sample = await SampleSources.start()
    sources = openSources(sample)
  })
  afterEach(() => {
    sample.clearFaults()
    sample.purchases.clear()
  })
  afterAll(async () => {
    await sources.close()
    await sample.close()
  })

  const everybody = { apollo: { personLocations: ['Germany'] } }
  const withCredits = { apollo: { ...everybody.apollo, creditCap: 1_000 } }

  it('pages up to the cap, pays each person once and no more than the cap', async () => {
    const { leads, credits, calls } = await followCalls(sources, 'apollo', withCredits, { cap: 137, apis: ['apollo'] })
    expect(leads).toHaveLength(137)
    expect(new Set(leads.map(({ sourceRef }) => sourceRef)).size).toBe(137)
    expect(calls.filter(({ kind }) => kind === 'search').length).toBeGreaterThan(1)
    expect(sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
    expect(sample.purchases.credits.apollo).toBe(credits)
    expect(credits).toBe(137)
  })

  it('maps a person, and never takes an obfuscated name or a placeholder for the real one', async () => {
    const { leads } = await followCalls(sources, 'apollo', everybody, { cap: 100, apis: ['apollo'] })
    const withAddress = leads.filter(({ email }) => email)
    expect(withAddress.length).toBeGreaterThan(60)
    expect(leads.filter(({ email, lastName }) => email?.includes('not_unlocked') || lastName?.includes('*'))).toEqual(
      [],
    )
    const [lead] = withAddress
    const person = sample.world.flatMap(({ people }) => people).find(({ id }) => id === lead?.sourceRef)
    const company = sample.world.find(({ people }) => people.some(({ id }) => id === lead?.sourceRef))
    expect(lead).toMatchObject({
      email: person?.email,
      emailConfidence: person?.atApollo === 'verified' ? 95 : 50,
      emailInvalid: false,
      firstName: person?.firstName,
      lastName: person?.lastName,
      contactName: `${person?.firstName} ${person?.lastName}`,
      jobTitle: person?.role.title,
      companyName: company?.name,
      phone: company?.phone,
      website: `http://www.${company?.domain}`,
      industry: company?.trade.industry,
      city: company?.place.city,
      country: 'Germany',
      fieldsToClear: [],
    })
  })

  it('stays under the credit cap', async () => {
    const criteria = { apollo: { personLocations: ['Germany'], creditCap: 23 } }
    const { leads } = await followCalls(sources, 'apollo', criteria, { cap: 200, apis: ['apollo'] })
    expect(sample.purchases.credits.apollo).toBeLessThanOrEqual(23)
    expect(leads.length).toBeGreaterThan(15)
  })

  it('buys no more people than the leads that are asked for, though some of them are dropped', async () => {
    const calls = sources.apollo.first(leadCriteria.parse(everybody), { cap: 100, apis: new Set(['apollo']) })
    // Every person bought is dropped again: none of them ever counts as a lead.
    for (let call = calls.shift(); call; call = calls.shift()) {
      const { next } = await sources.apollo.execute(call, { maxLeads: 100, knownRefs: async () => new Set() })
      calls.unshift(...next)
    }
    expect(sample.purchases.credits.apollo).toBeGreaterThan(90)
    expect(sample.purchases.credits.apollo).toBeLessThanOrEqual(100)
  })

  it('pays nobody again whom it has brought before, and goes deeper instead', async () => {
    const first = await followCalls(sources, 'apollo', withCredits, { cap: 40, apis: ['apollo'] })
    const known = new Set(first.calls.flatMap(({ refs }) => refs))
    const second = await followCalls(sources, 'apollo', withCredits, { cap: 40, apis: ['apollo'], known })
    expect(second.leads).toHaveLength(40)
    expect(new Set(second.seen)).toEqual(known)
    expect(sample.purchases.duplicates.refs).toEqual([])
  })

  it('asks Hunter for the address of a person it has none of, where Hunter is on', async () => {
    const { leads, calls } = await followCalls(sources, 'apollo', everybody, { cap: 100 })
    const finds = calls.filter(({ kind }) => kind === 'find')
    expect(finds.length).toBeGreaterThan(0)
    for (const { refs } of finds) expect(leads.filter(({ sourceRef }) => sourceRef === refs[0])).toHaveLength(1)
    expect(leads.filter(({ email, emailConfidence }) => email && emailConfidence === null)).toEqual([])
  })

  it('brings such a person without an address where Hunter fails', async () => {
    const alone = await followCalls(sources, 'apollo', everybody, { cap: 60, apis: ['apollo'] })
    for (const fault of ['quota', 'bad_key', 'outage'] as const) {
      sample.injectFault('hunter', fault)
      const { leads } = await followCalls(sources, 'apollo', everybody, { cap: 60 })
      const byRef = (a: FoundLead, b: FoundLead) => a.sourceRef.localeCompare(b.sourceRef)
      expect(leads.toSorted(byRef)).toEqual(alone.leads.toSorted(byRef))
      sample.clearFaults()
    }
  })

  it('asks for nothing without criteria, and brings nothing where nobody fits', async () => {
    expect((await followCalls(sources, 'apollo', { apollo: {} })).calls).toEqual([])
    const nobody = await followCalls(sources, 'apollo', { apollo: { titles: ['Astronaut'] } })
    expect(nobody).toMatchObject({ leads: [], requests: 1, credits: 0 })
  })

  it('estimates for nothing, with five samples that hold no address and no last name', async () => {
    const estimate = await sources.apollo.estimate(leadCriteria.parse(everybody))
    expect(estimate?.total).toBeGreaterThan(500)
    expect(estimate?.samples).toHaveLength(5)
    expect(estimate?.samples.every(({ firstName, lastName }) => firstName && !lastName)).toBe(true)
    expect(JSON.stringify(estimate)).not.toContain('@')
    expect(sample.purchases.credits.apollo).toBe(0)
  })

  it('reads the credits left', async () => {
    await followCalls(sources, 'apollo', everybody, { cap: 10, apis: ['apollo'] })
    expect(await sources.apollo.test()).toMatchObject({ quotaLeft: 10_000 - 10, quotaUnit: 'credits' })
    sample.injectFault('apollo', 'scope', { path: '/credit_usage_stats' })
    expect(await sources.apollo.test()).toMatchObject({ quotaLeft: null })
  })
})
