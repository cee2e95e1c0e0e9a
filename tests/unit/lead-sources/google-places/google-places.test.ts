import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { SampleSources } from '@/lead-sources/sample/sample-server'
import { followCalls, type OpenSources, openSources } from '../../../support/follow-calls'

describe('Google Places', () => {
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

  const dentists = { google_places: { query: 'dentist', peoplePerCompany: 2 } }
  const searches = () => [...sample.purchases.pages.keys()].filter((page) => page.startsWith('google_places'))

  it('pages up to the 60 companies that Google shows, each page once, without those that are closed for good', async () => {
    const { leads, calls } = await followCalls(sources, 'google_places', dentists, { apis: ['google_places'] })
    const shown = sample.world.filter(({ trade }) => trade.type === 'dentist').slice(0, 60)
    expect(calls).toHaveLength(3)
    expect(searches()).toHaveLength(3)
    expect(leads.map(({ sourceRef }) => sourceRef)).toEqual(
      shown.filter(({ open }) => open).map(({ placeId }) => placeId),
    )
    expect(sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
  })

  it('maps a company, which has nobody to write to, and says what may not be kept', async () => {
    const { leads } = await followCalls(sources, 'google_places', dentists, { apis: ['google_places'] })
    const [lead] = leads
    const company = sample.world.find(({ placeId }) => placeId === lead?.sourceRef)
    expect(lead).toMatchObject({
      email: null,
      companyName: company?.name,
      contactName: null,
      phone: company?.phone,
      website: company?.website,
      industry: 'Dentist',
      city: company?.place.city,
      country: company?.place.country,
      fieldsToClear: ['companyName', 'phone', 'website', 'industry', 'city', 'country'],
    })
  })

  it('looks for people at Hunter where that is on, and clears only what Hunter does not say', async () => {
    const { leads, calls } = await followCalls(sources, 'google_places', dentists)
    const people = leads.filter(({ email }) => email)
    expect(people.length).toBeGreaterThan(60)
    const places = new Set(calls.filter(({ kind }) => kind === 'domain_search').map(({ refs }) => refs[0]))
    for (const { sourceRef, email, website, fieldsToClear } of people) {
      const [placeId, address] = sourceRef.split('#')
      const company = sample.world.find((one) => one.placeId === placeId)
      expect(places.has(placeId)).toBe(true)
      expect(email).toBe(address)
      expect(email?.endsWith(`@${company?.domain}`)).toBe(true)
      expect(website).toBe(`https://${company?.domain}`)
      expect(fieldsToClear).toEqual(['phone', 'city'])
    }
    const perCompany = Map.groupBy(people, ({ sourceRef }) => sourceRef.split('#')[0])
    expect(Math.max(...[...perCompany.values()].map(({ length }) => length))).toBe(2)
    // On a page of a social network, or without a site, there is no domain to look at: the company alone is left.
    const alone = leads.filter(({ email }) => !email)
    expect(alone.some(({ website }) => website?.includes('facebook.com'))).toBe(true)
    expect(sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
  })

  it('pays for no company again whose people it has brought before', async () => {
    const first = await followCalls(sources, 'google_places', dentists)
    const bought = sample.purchases.credits.hunter
    const known = new Set(first.calls.flatMap(({ refs }) => refs))
    const second = await followCalls(sources, 'google_places', dentists, { known })
    expect(second.leads.filter(({ email }) => email)).toEqual([])
    expect(new Set(second.seen)).toEqual(known)
    expect(sample.purchases.credits.hunter).toBe(bought)
  })

  it('joins what and where into one query, and leaves out what is not asked', async () => {
    const criteria = {
      google_places: { query: 'dentist', area: 'Hamburg', regionCode: 'DE', includedType: 'dentist', minRating: 3.5 },
    }
    const { leads } = await followCalls(sources, 'google_places', criteria, { apis: ['google_places'] })
    expect(searches()[0]).toContain(
      '"textQuery":"dentist in Hamburg","regionCode":"de","includedType":"dentist","strictTypeFiltering":true,"minRating":3.5',
    )
    expect(leads.length).toBeGreaterThan(0)
    expect(leads.every(({ city }) => city === 'Hamburg')).toBe(true)
  })

  it('brings nothing where nothing is found, and asks nothing without a query', async () => {
    expect(await followCalls(sources, 'google_places', { google_places: { query: 'volcano' } })).toMatchObject({
      leads: [],
      requests: 1,
    })
    expect((await followCalls(sources, 'google_places', { google_places: { area: 'Berlin' } })).calls).toEqual([])
  })

  it('asks again once, a moment later, where a fresh page token is refused', async () => {
    const search = sources.google_places
    const [first] = search.first(leadCriteria.parse(dentists), { cap: 60, apis: new Set() })
    const context = { maxLeads: 60, knownRefs: async () => new Set<string>() }
    if (!first) throw new Error('no first call')
    const { next } = await search.execute(first, context)
    sample.injectFault('google_places', 'bad_request', { times: 1 })
    const second = next.at(-1)
    if (!second) throw new Error('no second page')
    expect(await search.execute(second, context)).toMatchObject({ requests: 2 })
    sample.injectFault('google_places', 'bad_request', { times: 2 })
    await expect(search.execute(second, context)).rejects.toMatchObject({ kind: 'bad_request' })
  })

  it('costs nothing to test', async () => {
    await sources.google_places.test()
    expect(searches()).toEqual([])
    expect(await sources.google_places.estimate(leadCriteria.parse(dentists))).toBeNull()
  })
})
