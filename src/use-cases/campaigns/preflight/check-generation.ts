import type { Check } from '@/domain/campaign/preflight'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { missingVariables } from '@/domain/message/problems'
import { compileTemplate, parseTemplate } from '@/domain/message/render'
import { openLeadSources } from '@/use-cases/lead-sources/open-lead-source'
import { type CampaignWithParts, generationOf, sequenceOf } from '../load-campaign'
import type { PreflightDeps } from './preflight-deps'

/** What a start asks of a campaign that finds its leads itself: sources, criteria, and when it runs. */
export async function checkGeneration(deps: PreflightDeps, campaign: CampaignWithParts): Promise<Check[]> {
  const { leadSources, leadCriteria, maxResultsPerRun } = generationOf(campaign)
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
    checkRecurrence(campaign, deps.clock.now()),
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

function checkRecurrence(campaign: CampaignWithParts, now: Date): Check {
  const { isRecurring, recurringInterval, endDate } = generationOf(campaign)
  const subject = 'recurrence' as const
  const fix = { kind: 'edit_step', step: 'amount' } as const
  if (endDate && endDate <= now) return { subject, level: 'block', kind: 'end_date_passed', fix }
  if (!isRecurring) return { subject, level: 'ok', kind: 'runs_once', fix: null }
  if (!recurringInterval) return { subject, level: 'block', kind: 'no_interval', fix }
  return { subject, level: 'ok', kind: 'recurs', interval: recurringInterval, endless: !endDate, fix: null }
}

// What every lead of every source has: an address, and a company almost always.
const SURE = new Set(['email', 'company_name', 'campaign_name'])

/** Variables that found leads may lack: a lead without one is left out when its batch is planned. */
export function warnOfVariables(campaign: CampaignWithParts): Check[] {
  return sequenceOf(campaign).flatMap(({ stepNumber, template }): Check[] => {
    if (parseTemplate(template).length > 0) return []
    const missing = missingVariables(compileTemplate(template), SURE).filter((name) => !name.startsWith('sender_'))
    if (missing.length === 0) return []
    const fix = { kind: 'edit_template', templateId: template.id } as const
    return [
      { subject: 'variables', level: 'warn', kind: 'variables_uncertain', variables: missing, step: stepNumber, fix },
    ]
  })
}
