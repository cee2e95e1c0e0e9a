import type { Check } from '@/domain/campaign/preflight'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { openLeadSources } from '@/use-cases/lead-sources/open-lead-source'
import { type CampaignWithParts, generationOf } from '../load-campaign'
import type { PreflightDeps } from './preflight-deps'

/** The checks of a campaign that finds its leads itself: sources, criteria, and recurrence. */
export async function checkGeneration(deps: PreflightDeps, campaign: CampaignWithParts): Promise<Check[]> {
  const generation = generationOf(campaign)
  const { leadSources, leadCriteria, maxResultsPerRun } = generation
  const opened = await openLeadSources(deps)
  const cap = maxResultsPerRun ?? 1
  const asksFor = (source: LeadSourceName) =>
    opened.get(source)?.first(leadCriteria, { cap, apis: new Set(opened.keys()) }) ?? []
  const usable = leadSources.filter((source) => opened.has(source))
  const idle = usable.filter((source) => asksFor(source).length === 0)
  return [
    checkSources(leadSources, usable),
    ...(usable.includes('google_places') && !opened.has('hunter') ? [PLACES_ALONE] : []),
    ...(usable.length > 0 ? [checkCriteria(cap, usable, idle)] : []),
    checkRecurrence(generation, deps.clock.now()),
  ]
}

function checkSources(chosen: LeadSourceName[], usable: LeadSourceName[]): Check {
  const missing = chosen.filter((source) => !usable.includes(source))
  const subject = 'sources' as const
  const fix = { kind: 'lead_sources' } as const
  if (chosen.length === 0)
    return { subject, level: 'block', kind: 'no_source', fix: { kind: 'edit_step', step: 'sources' } }
  if (missing.length > 0)
    return { subject, level: usable.length === 0 ? 'block' : 'warn', kind: 'sources_unusable', missing, usable, fix }
  return { subject, level: 'ok', kind: 'sources_ready', sources: usable, fix: null }
}

// Nobody would be found, run after run, and every page of companies paid for.
const PLACES_ALONE: Check = {
  subject: 'sources',
  level: 'warn',
  kind: 'google_places_alone',
  fix: { kind: 'lead_sources' },
}

function checkCriteria(cap: number, usable: LeadSourceName[], idle: LeadSourceName[]): Check {
  const subject = 'criteria' as const
  if (idle.length === 0) return { subject, level: 'ok', kind: 'criteria_ready', cap, fix: null }
  const level = idle.length === usable.length ? 'block' : 'warn'
  return { subject, level, kind: 'criteria_empty', sources: idle, fix: { kind: 'edit_step', step: 'sources' } }
}

function checkRecurrence(
  { isRecurring, recurringInterval, endDate }: ReturnType<typeof generationOf>,
  now: Date,
): Check {
  const subject = 'recurrence' as const
  const fix = { kind: 'edit_step', step: 'amount' } as const
  if (endDate && endDate <= now) return { subject, level: 'block', kind: 'end_date_passed', fix }
  if (!isRecurring) return { subject, level: 'ok', kind: 'runs_once', fix: null }
  if (!recurringInterval) return { subject, level: 'block', kind: 'no_interval', fix }
  return { subject, level: 'ok', kind: 'recurs', interval: recurringInterval, endless: !endDate, fix: null }
}
