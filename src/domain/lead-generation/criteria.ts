import type { z } from 'zod'
import type { apolloCriteria, googlePlacesCriteria, hunterCriteria, leadCriteria } from './criteria-input'

/** Where leads can be looked for. */
export const LEAD_SOURCES = ['apollo', 'google_places', 'hunter'] as const
export type LeadSourceName = (typeof LEAD_SOURCES)[number]

export const SOURCE_LABELS: Record<LeadSourceName, string> = {
  apollo: 'Apollo',
  google_places: 'Google Places',
  hunter: 'Hunter',
}

// Source: the vendors' own lists of values.
export const APOLLO_SENIORITIES = [
  'owner',
  'founder',
  'c_suite',
  'partner',
  'vp',
  'head',
  'director',
  'manager',
  'senior',
  'entry',
  'intern',
] as const
export const COMPANY_SIZES = [
  '1-10',
  '11-50',
  '51-200',
  '201-500',
  '501-1000',
  '1001-5000',
  '5001-10000',
  '10001+',
] as const
export const HUNTER_DEPARTMENTS = [
  'executive',
  'it',
  'finance',
  'management',
  'sales',
  'legal',
  'support',
  'hr',
  'marketing',
  'communication',
  'education',
  'design',
  'health',
  'operations',
] as const
export const HUNTER_SENIORITIES = ['junior', 'senior', 'executive'] as const

/** The criteria of every source, and for each chosen one; what may stand in them says `criteria-input.ts`. */
export type LeadCriteria = z.infer<typeof leadCriteria>
export type ApolloCriteria = z.infer<typeof apolloCriteria>
export type GooglePlacesCriteria = z.infer<typeof googlePlacesCriteria>
export type HunterCriteria = z.infer<typeof hunterCriteria>

/** The criteria of a source before anything is said: what `criteria-input.ts` makes of nothing. */
export const EMPTY_CRITERIA: Required<LeadCriteria> = {
  apollo: {
    titles: [],
    includeSimilarTitles: true,
    seniorities: [],
    personLocations: [],
    companyLocations: [],
    companySizes: [],
    companyDomains: [],
    keywords: null,
    creditCap: null,
  },
  google_places: {
    query: null,
    area: null,
    regionCode: null,
    includedType: null,
    minRating: null,
    peoplePerCompany: 2,
  },
  hunter: {
    domains: [],
    departments: [],
    seniorities: [],
    discover: null,
    peoplePerCompany: 3,
    minConfidence: 50,
  },
}
