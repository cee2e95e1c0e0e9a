import { formatOf } from '@/components/ui/numbers'
import { countryName } from '@/domain/lead/country'
import type { SourceEstimate } from '../../api-types'

/** "1,240 people fit", or that the source says so only once it is paid. */
export function estimateWords({ total, unit }: Pick<SourceEstimate, 'total' | 'unit'>): string {
  if (total === null) return 'It does not say how many before a run.'
  if (total === 0) return 'Nobody fits. Take a criterion away, or widen one.'
  if (unit === 'companies') return formatOf(total, 'company fits', 'companies fit')
  return formatOf(total, 'person fits', 'people fit')
}

type Sample = SourceEstimate['samples'][number]

/** The free facts about a person: often no last name. A company stands for itself. */
export const sampleName = ({ contactName, firstName, lastName, companyName }: Sample) =>
  (contactName ?? [firstName, lastName].filter(Boolean).join(' ')) || companyName || 'Somebody'

/** "Kiel, Germany". */
export const placeWords = ({ city, country }: Sample) =>
  [city, country && countryName(country)].filter(Boolean).join(', ') || null
