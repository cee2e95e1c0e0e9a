import { z } from 'zod'
import { APOLLO_SENIORITIES, COMPANY_SIZES, HUNTER_DEPARTMENTS, HUNTER_SENIORITIES } from './criteria'

const words = (most: number) => z.array(z.string().trim().min(1).max(120)).max(most).default([])
/** Any of these words of a source. */
const anyOf = <const Words extends readonly [string, ...string[]]>(known: Words) =>
  z.array(z.enum(known)).max(known.length).default([])
const line = z.string().trim().max(200).nullable().default(null)

/** People by title, seniority, place and company. At least one of them is required before a start. */
export const apolloCriteria = z.object({
  titles: words(50),
  includeSimilarTitles: z.boolean().default(true),
  seniorities: anyOf(APOLLO_SENIORITIES),
  personLocations: words(50),
  companyLocations: words(50),
  companySizes: anyOf(COMPANY_SIZES),
  companyDomains: words(1000),
  keywords: line,
  /** Credits that one run may use at most; null: as many as its leads cost. */
  creditCap: z.number().int().min(1).max(100_000).nullable().default(null),
})

/** Companies by what they are and where. */
export const googlePlacesCriteria = z.object({
  /** Subject of the search, as in "dental clinic". */
  query: line,
  /** Where, as in "Hamburg"; joined to the query. */
  area: line,
  /** ISO 3166 alpha-2, lower or upper case. */
  regionCode: z
    .string()
    .regex(/^[a-z]{2}$/i, 'is not a two-letter country code')
    .max(2)
    .nullable()
    .default(null),
  /** One of Google's place types, as in "dentist". */
  includedType: line,
  /** 0 to 5, in halves. */
  minRating: z.number().min(0).max(5).multipleOf(0.5).nullable().default(null),
  /** People to keep of each company when Hunter looks for them. */
  peoplePerCompany: z.number().int().min(1).max(3).default(2),
})

/** People of given domains, or of companies that Hunter's discovery finds. */
export const hunterCriteria = z.object({
  domains: words(200),
  departments: anyOf(HUNTER_DEPARTMENTS),
  seniorities: anyOf(HUNTER_SENIORITIES),
  /** Used when no domains are given. */
  discover: z
    .object({
      /** ISO 3166 alpha-2. */
      country: z
        .string()
        .regex(/^[a-z]{2}$/i, 'is not a two-letter country code')
        .max(2)
        .nullable()
        .default(null),
      city: line,
      industries: words(20),
      companySizes: anyOf(COMPANY_SIZES),
      keywords: words(20),
    })
    .nullable()
    .default(null),
  peoplePerCompany: z.number().int().min(1).max(100).default(3),
  /** Addresses below this confidence (0 to 100) are left out. */
  minConfidence: z.number().int().min(0).max(100).default(50),
})

/** Criteria for each chosen source; saved with the campaign. */
export const leadCriteria = z.object({
  apollo: apolloCriteria.optional(),
  google_places: googlePlacesCriteria.optional(),
  hunter: hunterCriteria.optional(),
})
