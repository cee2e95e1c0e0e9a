import { bareDomain } from '@/domain/lead-generation/company-domain'
import type { ApolloCriteria } from '@/domain/lead-generation/criteria'
import type { Json } from '../types'

/** The search's filters: only those that are set, as an empty list would match no one; null when none is. */
export function filtersOf(criteria: ApolloCriteria): { [key: string]: Json } | null {
  const lists: Record<string, string[]> = {
    person_titles: criteria.titles,
    person_seniorities: criteria.seniorities,
    person_locations: criteria.personLocations,
    organization_locations: criteria.companyLocations,
    organization_num_employees_ranges: criteria.companySizes.map(rangeOf),
    q_organization_domains_list: criteria.companyDomains.map(bareDomain),
  }
  const set = Object.entries(lists).filter(([, values]) => values.length > 0)
  if (set.length === 0 && !criteria.keywords) return null
  return {
    ...Object.fromEntries(set),
    ...(criteria.titles.length > 0 && { include_similar_titles: criteria.includeSimilarTitles }),
    ...(criteria.keywords && { q_keywords: criteria.keywords }),
  }
}

/** "11-50" as "11,50". The largest has no end, which Apollo's ranges cannot express. */
const rangeOf = (size: string) => (size.endsWith('+') ? `${size.slice(0, -1)},10000000` : size.replace('-', ','))
