import { formatOf } from '@/components/ui/numbers'
import { countryName } from '@/domain/lead/country'
import type {
  ApolloCriteria,
  GooglePlacesCriteria,
  HunterCriteria,
  LeadCriteria,
  LeadSourceName,
} from '@/domain/lead-generation/criteria'
import {
  APOLLO_SENIORITY_LABELS,
  COMPANY_SIZE_LABELS,
  HUNTER_DEPARTMENT_LABELS,
  HUNTER_SENIORITY_LABELS,
} from './criteria-labels'

const MANY = 3

/** "Kiel, Lübeck, Flensburg and 2 more"; places that hold a comma are parted by semicolons. */
function some(texts: readonly string[]): string | null {
  if (texts.length === 0) return null
  const shown = texts.length <= MANY + 1 ? texts : texts.slice(0, MANY)
  const more = texts.length - shown.length
  const words = shown.join(shown.some((text) => text.includes(',')) ? '; ' : ', ')
  return more > 0 ? `${words} and ${more} more` : words
}

const labelled = <Value extends string>(values: readonly Value[], labels: Record<Value, string>) =>
  some(values.map((value) => labels[value]))

const line = (parts: readonly (string | null | false)[]) => parts.filter(Boolean).join(' · ') || null

function apolloWords(criteria: ApolloCriteria): string | null {
  const sizes = labelled(criteria.companySizes, COMPANY_SIZE_LABELS)
  const companies = some(criteria.companyLocations)
  return line([
    some(criteria.titles),
    labelled(criteria.seniorities, APOLLO_SENIORITY_LABELS),
    some(criteria.personLocations),
    companies && `companies in ${companies}`,
    sizes && `${sizes} employees`,
    some(criteria.companyDomains),
    criteria.keywords && `“${criteria.keywords}”`,
  ])
}

function googleWords({ query, area, regionCode, includedType, minRating }: GooglePlacesCriteria): string | null {
  const what = query && `“${query}”${area ? ` in ${area}` : ''}`
  return line([
    what ?? area,
    regionCode && countryName(regionCode.toUpperCase()),
    includedType && `only ${includedType}`,
    minRating !== null && minRating > 0 && `rated ${minRating} or better`,
  ])
}

function hunterWords({ domains, departments, seniorities, discover }: HunterCriteria): string | null {
  const sizes = discover && labelled(discover.companySizes, COMPANY_SIZE_LABELS)
  const found = discover && [
    some(discover.industries),
    discover.city,
    discover.country && countryName(discover.country.toUpperCase()),
    sizes && `${sizes} employees`,
    some(discover.keywords),
  ]
  const where = domains.length > 0 ? [some(domains)] : (found ?? [])
  if (where.every((part) => !part)) return null
  return line([
    ...where,
    labelled(departments, HUNTER_DEPARTMENT_LABELS),
    labelled(seniorities, HUNTER_SENIORITY_LABELS),
  ])
}

/** The criteria of a source in one line; null while there are none. */
export function criteriaWords(source: LeadSourceName, criteria: LeadCriteria): string | null {
  switch (source) {
    case 'apollo':
      return criteria.apollo ? apolloWords(criteria.apollo) : null
    case 'google_places':
      return criteria.google_places ? googleWords(criteria.google_places) : null
    case 'hunter':
      return criteria.hunter ? hunterWords(criteria.hunter) : null
  }
}

/** The sources that the criteria ask for anything. */
export const sourcesWithCriteria = (sources: readonly LeadSourceName[], criteria: LeadCriteria): LeadSourceName[] =>
  sources.filter((source) => criteriaWords(source, criteria) !== null)

/** The most that a run may cost at a source; null where it cannot be known. */
export function costWords(source: LeadSourceName, criteria: LeadCriteria, cap: number): string | null {
  if (source === 'apollo') {
    const credits = criteria.apollo?.creditCap ?? cap
    return `Each address costs 1 Apollo credit: at most ${formatOf(credits, 'credit')} per run.`
  }
  if (source === 'google_places') return 'Google charges for each page of 20 companies, at most 3 pages a search.'
  return 'Hunter charges one search for up to 10 addresses of a domain.'
}
