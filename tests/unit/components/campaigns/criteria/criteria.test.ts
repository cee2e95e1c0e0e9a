import { describe, expect, it } from 'vitest'
import { criteriaErrors } from '@/components/campaigns/criteria/criteria-checks'
import {
  APOLLO_SENIORITY_LABELS,
  COMPANY_SIZE_LABELS,
  optionsOf,
} from '@/components/campaigns/criteria/criteria-labels'
import { costWords, criteriaWords } from '@/components/campaigns/criteria/criteria-text'
import { withForms } from '@/components/campaigns/criteria/criteria-values'
import { sourceTrouble } from '@/components/campaigns/criteria/source-text'
import { APOLLO_SENIORITIES, COMPANY_SIZES } from '@/domain/lead-generation/criteria'
import { apolloCriteria, googlePlacesCriteria, hunterCriteria } from '@/domain/lead-generation/criteria-input'

const filled = withForms({}, ['apollo', 'google_places', 'hunter'])
const parts = {
  apollo: filled.apollo as NonNullable<typeof filled.apollo>,
  google_places: filled.google_places as NonNullable<typeof filled.google_places>,
  hunter: filled.hunter as NonNullable<typeof filled.hunter>,
}

describe('criteria', () => {
  it('gives each chosen source a form, and keeps what was filled for another', () => {
    const apollo = { ...parts.apollo, titles: ['Founder'] }
    expect(withForms({ apollo }, ['hunter'])).toEqual({ apollo, hunter: parts.hunter })
    expect(withForms({ apollo }, ['apollo']).apollo?.titles).toEqual(['Founder'])
  })

  it('begins each form with what the rules make of nothing', () => {
    const { apollo, google_places, hunter } = filled
    expect({ apollo, google_places, hunter }).toEqual({
      apollo: apolloCriteria.parse({}),
      google_places: googlePlacesCriteria.parse({}),
      hunter: hunterCriteria.parse({}),
    })
  })

  it('offers every value of a vendor in its order', () => {
    expect(optionsOf(APOLLO_SENIORITY_LABELS).map(({ value }) => value)).toEqual([...APOLLO_SENIORITIES])
    expect(optionsOf(COMPANY_SIZE_LABELS).map(({ value }) => value)).toEqual([...COMPANY_SIZES])
  })

  it('says which number is none, and what it should be', () => {
    expect(criteriaErrors(filled)).toEqual({})
    const hunter = { ...parts.hunter, minConfidence: Number.NaN }
    const apollo = { ...parts.apollo, creditCap: 0 }
    expect(criteriaErrors({ apollo, hunter })).toEqual({
      'apollo.creditCap': 'Give a whole number from 1 to 100,000, or leave it empty.',
      'hunter.minConfidence': 'Give a whole number from 0 to 100.',
    })
  })

  it('says in a line what each source is asked for, and that it is asked for nothing', () => {
    expect(criteriaWords('apollo', filled)).toBeNull()
    expect(criteriaWords('google_places', filled)).toBeNull()
    expect(criteriaWords('hunter', filled)).toBeNull()
    expect(criteriaWords('hunter', {})).toBeNull()
    const apollo = {
      ...parts.apollo,
      titles: ['A', 'B', 'C', 'D', 'E'],
      seniorities: ['c_suite' as const],
      companySizes: ['11-50' as const],
    }
    expect(criteriaWords('apollo', { apollo })).toBe('A, B, C and 2 more · C-level · 11–50 employees')
    const companyLocations = ['Kiel, Germany', 'Porto']
    expect(criteriaWords('apollo', { apollo: { ...parts.apollo, companyLocations } })).toBe(
      'companies in Kiel, Germany; Porto',
    )
    const google_places = { ...parts.google_places, query: 'dentist', area: 'Kiel', regionCode: 'de', minRating: 4 }
    expect(criteriaWords('google_places', { google_places })).toBe('“dentist” in Kiel · Germany · rated 4 or better')
    expect(criteriaWords('hunter', { hunter: { ...parts.hunter, domains: ['a.example'], departments: ['it'] } })).toBe(
      'a.example · IT',
    )
  })

  it('does not call departments alone a search: Hunter needs companies', () => {
    expect(criteriaWords('hunter', { hunter: { ...parts.hunter, departments: ['sales'] } })).toBeNull()
  })

  it('says what a run may cost, at most', () => {
    expect(costWords('apollo', filled, 100)).toContain('at most 100 credits per run')
    expect(costWords('apollo', { apollo: { ...parts.apollo, creditCap: 150 } }, 100)).toContain('at most 150 credits')
    expect(costWords('apollo', { apollo: { ...parts.apollo, creditCap: 1 } }, 100)).toContain(
      'at most 1 credit per run',
    )
  })
})

describe('what stands in the way of a source', () => {
  const state = (source: 'apollo' | 'google_places' | 'hunter', change = {}) => ({
    source,
    keySet: true,
    enabled: true,
    testResult: null,
    ...change,
  })

  it('names the first thing to mend', () => {
    expect(sourceTrouble(state('apollo', { keySet: false }), [], true)).toBe('It has no key yet.')
    expect(sourceTrouble(state('apollo', { enabled: false }), [], true)).toBe('It is switched off.')
    const testResult = { ok: false, problem: 'Apollo does not know this key.' }
    expect(sourceTrouble(state('apollo', { testResult }), [], true)).toBe('Apollo does not know this key.')
    expect(sourceTrouble(state('apollo'), [], true)).toBeNull()
  })

  it('warns that Google Places finds nobody to write to without Hunter', () => {
    const google = state('google_places')
    expect(sourceTrouble(google, [google, state('hunter', { enabled: false })], true)).toContain('not addresses')
    expect(sourceTrouble(google, [google, state('hunter')], true)).toBeNull()
    expect(sourceTrouble(google, [google], false)).toBeNull()
  })
})
