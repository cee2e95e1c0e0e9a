import type { LeadSourceName } from '../lead-generation/criteria'
import type { Check } from './preflight'

/** Estimate of one source: how many fit; null where it does not say. */
type Estimated = { source: LeadSourceName; total: number | null; problem: string | null }

/** The checks before a start, and what the sources answered when they were asked how many fit: nobody is worth a look. */
export function withEstimate(checks: readonly Check[], estimates: readonly Estimated[]): Check[] {
  const sources = estimates.flatMap(({ source, total, problem }) => (total === 0 && !problem ? [source] : []))
  if (sources.length === 0) return [...checks]
  const fix = { kind: 'edit_step', step: 'sources' } as const
  return [...checks, { subject: 'criteria', level: 'warn', kind: 'nobody_fits', sources, fix }]
}
