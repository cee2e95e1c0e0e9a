import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { SampleSources } from '@/lead-sources/sample/sample-server'
import { followCalls, type OpenSources, openSources } from '../../../support/follow-calls'

describe('Hunter', () => {
  let sample: SampleSources
  let sources: OpenSources
  beforeAll(async () => {
    sample = await SampleSources.start({ companies: 320 })
    sources = openSources(sample)
  })
  afterEach(() => {
    sample.clearFaults()
    sample.purchases.clear()
    sample.requests.clear()
  })
  afterAll(async () => {
    await sources.close()
    await sample.close()
  })

  const domainsOf = (count: number) => sample.world.slice(0, count).map(({ domain }) => domain)
  const discovery = { hunter: { discover: { country: 'DE' }, peoplePerCompany: 2 } }

  it('brings the people of the domains, each page once, and counts credits as it was charged', async () => {
    const criteria = { hunter: { domains: domainsOf(8), peoplePerCompany: 3 } }
    const { leads, credits } = await followCalls(sources, 'hunter', criteria)
    expect(leads.length).toBeGreaterThan(12)
    expect(new Set(leads.map(({ email }) => email)).size).toBe(leads.length)
    expect(credits).toBe(sample.purchases.credits.hunter)
    expect(sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
    const person = sample.world.flatMap(({ people }) => people).find(({ email }) => email === leads[0]?.email)
    const company = sample.world[0]
    expect(leads[0]).toMatchObject({
      sourceRef: `${company?.domain}#${person?.email}`,
      firstName: person?.firstName,
      lastName: person?.lastName,
      contactName: `${person?.firstName} ${person?.lastName}`,
      jobTitle: person?.role.title,
      companyName: company?.name,
      website: `https://${company?.domain}`,
      industry: company?.trade.industry,
      country: company?.place.code,
      linkedinUrl: `https://www.linkedin.com/in/sample-${person?.id}`,
      fieldsToClear: [],
    })
  })

  it('takes persons before shared addresses, the surest first, none below the confidence asked for', async () => {
    const criteria = { hunter: { domains: domainsOf(20), peoplePerCompany: 10, minConfidence: 70 } }
    const { leads } = await followCalls(sources, 'hunter', criteria)
    for (const [, people] of Map.groupBy(leads, ({ website }) => website)) {
      const generic = people.findIndex(({ firstName }) => !firstName)
      if (generic >= 0) expect(generic).toBe(people.length - 1)
    }
    const listed = new Map(
      sample.world.flatMap(({ people }) => people.map((person) => [person.email, person] as const)),
    )
    for (const { email } of leads) expect(listed.get(email ?? '')?.confidence ?? 88).toBeGreaterThanOrEqual(70)
  })

  it('verifies only what is not sure, and marks what the verification says cannot be reached', async () => {
    // Domains of its own: a verification that was under way is done when another test asks for it.
    const domains = sample.world.slice(200, 230).map(({ domain }) => domain)
    const { leads } = await followCalls(sources, 'hunter', { hunter: { domains, peoplePerCompany: 3 } })
    const listed = new Map(
      sample.world.flatMap(({ people }) => people.map((person) => [person.email, person] as const)),
    )
    const unsure = leads.filter(({ email }) => {
      const person = listed.get(email ?? '')
      return !(person?.verified && person.verdict === 'valid' && person.confidence >= 90)
    })
    const person = ({ email }: { email: string | null }) => listed.get(email ?? '')
    const verified = unsure.filter((lead) => person(lead)?.verifiable !== 'never')
    const pages = [...sample.purchases.pages.keys()].filter((page) => page.includes('email-verifier'))
    expect(pages).toHaveLength(verified.length)
    // One that is still under way is asked for again; one that fails is taken as it was listed.
    const later = verified.filter((lead) => person(lead)?.verifiable === 'later')
    expect(later.length).toBeGreaterThan(0)
    expect(unsure.length).toBeGreaterThan(verified.length)
    expect(sample.requests.get('hunter /email-verifier')).toBe(unsure.length + later.length)
    const invalid = verified.filter((lead) => person(lead)?.verdict === 'invalid')
    expect(invalid.length).toBeGreaterThan(0)
    expect(invalid.every(({ emailInvalid, emailConfidence }) => emailInvalid && emailConfidence === 12)).toBe(true)
    expect(leads.filter(({ emailInvalid }) => emailInvalid)).toHaveLength(invalid.length)
  })

  it('keeps what a domain brought when the verification fails, without repeating the search', async () => {
    for (const fault of ['outage', 'quota', 'break', 'malformed'] as const) {
      sample.injectFault('hunter', fault, { path: '/email-verifier' })
      const { leads } = await followCalls(sources, 'hunter', { hunter: { domains: domainsOf(4) } })
      expect(leads.length).toBeGreaterThan(5)
      expect(leads.every(({ emailInvalid }) => !emailInvalid)).toBe(true)
      expect(sample.requests.get('hunter /domain-search')).toBe(4)
      sample.clearFaults()
      sample.requests.clear()
    }
  })

  it('discovers companies for nothing, then asks no more of them than are wanted', async () => {
    const { leads, calls } = await followCalls(sources, 'hunter', discovery, { cap: 30 })
    expect(leads.length).toBe(30)
    expect(calls[0]).toMatchObject({ kind: 'discover', paid: false })
    expect(sample.requests.get('hunter /domain-search')).toBeLessThan(31)
    const known = new Set(calls.flatMap(({ refs }) => refs))
    const again = await followCalls(sources, 'hunter', discovery, { cap: 30, known })
    expect(again.leads).toHaveLength(30)
    expect(sample.purchases.duplicates.refs).toEqual([])
  })

  it('goes through all pages of a discovery, and stops at the first where the plan has no further ones', async () => {
    const all = sample.world.filter(({ place }) => place.code === 'DE').length
    const criteria = { hunter: { ...discovery.hunter, peoplePerCompany: 1 } }
    const { calls } = await followCalls(sources, 'hunter', criteria)
    expect(calls.filter(({ kind }) => kind === 'domain_search')).toHaveLength(all)
    const small = await SampleSources.start({ companies: 320, smallPlan: true })
    const smallSources = openSources(small)
    const { calls: few } = await followCalls(smallSources, 'hunter', criteria)
    expect(few.filter(({ kind }) => kind === 'domain_search')).toHaveLength(100)
    expect(await smallSources.hunter.test()).toMatchObject({ plan: 'Free' })
    await smallSources.close()
    await small.close()
  })

  it('takes ten of a domain where the plan shows no more, and pages where it does', async () => {
    const domains = domainsOf(3)
    const small = await SampleSources.start({ companies: 320, smallPlan: true })
    const smallSources = openSources(small)
    const criteria = { hunter: { domains, peoplePerCompany: 50, minConfidence: 0 } }
    const { leads } = await followCalls(smallSources, 'hunter', criteria)
    await smallSources.close()
    await small.close()
    const { leads: same } = await followCalls(sources, 'hunter', criteria)
    expect(leads.map(({ email }) => email)).toEqual(same.map(({ email }) => email))
  })

  it('asks only for the departments and seniorities wanted; another wish is another purchase', async () => {
    const criteria = { hunter: { domains: domainsOf(20), departments: ['sales'], seniorities: ['senior', 'junior'] } }
    const { leads, calls } = await followCalls(sources, 'hunter', criteria)
    expect(leads.length).toBeGreaterThan(3)
    expect(leads.every(({ jobTitle }) => jobTitle?.includes('Sales'))).toBe(true)
    const known = new Set(calls.flatMap(({ refs }) => refs))
    expect((await followCalls(sources, 'hunter', criteria, { known })).requests).toBe(0)
    const others = { hunter: { domains: domainsOf(20), departments: ['finance'] } }
    expect((await followCalls(sources, 'hunter', others, { known })).requests).toBeGreaterThan(0)
  })

  it('brings nobody of a domain it does not know, and asks nothing without criteria', async () => {
    const criteria = { hunter: { domains: ['nobody-knows.example'] } }
    expect(await followCalls(sources, 'hunter', criteria)).toMatchObject({ leads: [], requests: 1, credits: 0 })
    expect((await followCalls(sources, 'hunter', { hunter: {} })).calls).toEqual([])
  })

  it('estimates a discovery for nothing, and says nothing of domains, which would cost', async () => {
    const estimate = await sources.hunter.estimate(leadCriteria.parse(discovery))
    expect(estimate).toMatchObject({ unit: 'companies', total: 120 })
    expect(estimate?.samples).toHaveLength(5)
    expect(await sources.hunter.estimate(leadCriteria.parse({ hunter: { domains: domainsOf(2) } }))).toBeNull()
    expect(sample.purchases.credits.hunter).toBe(0)
  })

  it('gets through a limit that is narrower than ours, without buying anything twice', async () => {
    const narrow = await SampleSources.start({ companies: 30, limits: { hunter: { requests: 8, seconds: 1 } } })
    const slowed = openSources(narrow)
    const domains = narrow.world.slice(0, 6).map(({ domain }) => domain)
    const { leads } = await followCalls(slowed, 'hunter', { hunter: { domains, peoplePerCompany: 2 } })
    expect(leads.length).toBeGreaterThan(8)
    expect(narrow.purchases.duplicates).toEqual({ pages: [], refs: [] })
    await slowed.close()
    await narrow.close()
  })

  it('reads plan, quota left and renewal', async () => {
    expect(await sources.hunter.test()).toEqual({
      plan: 'Sample',
      quotaLeft: 10_000,
      quotaUnit: 'credits',
      renewsAt: new Date('2026-12-24'),
    })
  })
})
