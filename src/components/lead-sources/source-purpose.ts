import type { LeadSourceName } from '@/domain/lead-generation/criteria'

/** The purpose of each source. */
export const SOURCE_PURPOSE: Record<LeadSourceName, string> = {
  apollo: 'People by title, seniority, place and company',
  google_places: 'Companies by what they are and where',
  hunter: 'People at given domains, or at companies that it finds',
}
