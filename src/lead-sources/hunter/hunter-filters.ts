import type { HunterCriteria } from '@/domain/lead-generation/criteria'
import type { Json } from '../types'

/** The filters of a discovery: only those that are set; null when none is. */
export function filtersOf({ discover }: HunterCriteria): { [key: string]: Json } | null {
  if (!discover) return null
  const { country, city, industries, companySizes, keywords } = discover
  const headquarters = { ...(country && { country: country.toUpperCase() }), ...(city && { city }) }
  const filters: { [key: string]: Json } = {
    ...((country || city) && { headquarters_location: { include: [headquarters] } }),
    ...(industries.length > 0 && { industry: { include: industries } }),
    ...(companySizes.length > 0 && { headcount: [...companySizes] }),
    ...(keywords.length > 0 && { keywords: { include: keywords } }),
  }
  return Object.keys(filters).length > 0 ? filters : null
}
