import { z } from 'zod'
import type { Deps } from '@/deps'
import { LEAD_SOURCES, type LeadCriteria, type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { isSourceError, type LeadSource, type SourceEstimate } from '@/lead-sources/types'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { openLeadSources } from '@/use-cases/lead-sources/open-lead-source'

export type SourceEstimateView = {
  source: LeadSourceName
  label: string
  /** How many there are, of `unit`; null where asking would cost, or the source did not answer. */
  total: number | null
  unit: SourceEstimate['unit']
  samples: SourceEstimate['samples']
  /** Why there is no estimate, in plain words. */
  problem: string | null
  sample: boolean
}

/**
 * Estimates of how many leads fit the campaign's criteria, by source, where a source gives them for free. Each fails
 * alone.
 * @throws {DomainError} not_found
 */
export async function estimateLeads(
  deps: Pick<Deps, 'sql' | 'config' | 'log' | 'leadSources'>,
  { campaignId }: { campaignId: string },
): Promise<{ sources: SourceEstimateView[] }> {
  const campaign = await loadCampaign(deps, campaignId)
  const chosen = z.array(z.enum(LEAD_SOURCES)).catch([]).parse(campaign.leadSources)
  const criteria = leadCriteria.catch({}).parse(campaign.leadCriteria ?? {})
  const open = await openLeadSources(deps)
  const sources = await Promise.all(
    chosen.map(async (source) => ({
      source,
      label: SOURCE_LABELS[source],
      sample: deps.config.leadSources.sample,
      ...(await estimate(source, open, criteria)),
    })),
  )
  return { sources }
}

type Estimated = Pick<SourceEstimateView, 'total' | 'unit' | 'samples' | 'problem'>

async function estimate(
  source: LeadSourceName,
  open: ReadonlyMap<LeadSourceName, LeadSource>,
  criteria: LeadCriteria,
): Promise<Estimated> {
  const without = (problem: string): Estimated => ({ total: null, unit: 'companies', samples: [], problem })
  const opened = open.get(source)
  if (!opened) return without(`${SOURCE_LABELS[source]} is not switched on, or has no key.`)
  const asks = opened.first(criteria, { cap: 1, apis: new Set(open.keys()) }).length > 0
  if (!asks) return without('Nothing is asked of it yet: say what it should look for.')
  try {
    const found = await opened.estimate(criteria)
    return found
      ? { ...found, problem: null }
      : without(`${SOURCE_LABELS[source]} charges for this search, so nothing was asked.`)
  } catch (error) {
    if (isSourceError(error)) return without(error.message)
    throw error
  }
}
