import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { missingVariables } from '@/domain/message/problems'
import { compileTemplate, parseTemplate } from '@/domain/message/render'
import { type CampaignWithParts, generationOf, sequenceOf } from './find-campaign'
import { openLeadSources } from './lead-source-access'
import { type Check, editorPage, type PreflightDeps } from './preflight'

/** What a start asks of a campaign that finds its leads itself: sources, criteria, and when it runs. */
export async function checkGeneration(deps: PreflightDeps, campaign: CampaignWithParts): Promise<Check[]> {
  const { leadSources, leadCriteria, maxResultsPerRun } = generationOf(campaign)
  const opened = await openLeadSources(deps)
  const asksFor = (source: LeadSourceName) =>
    opened.get(source)?.first(leadCriteria, { cap: maxResultsPerRun ?? 1, apis: new Set(opened.keys()) }) ?? []
  const usable = leadSources.filter((source) => opened.has(source))
  const idle = usable.filter((source) => asksFor(source).length === 0)
  return [
    checkSources(campaign, leadSources, usable),
    ...(usable.includes('google_places') && !opened.has('hunter') ? [PLACES_ALONE] : []),
    ...(usable.length > 0 ? [checkCriteria(campaign, usable, idle)] : []),
    checkRecurrence(campaign, deps.clock.now()),
  ]
}

function checkSources(campaign: CampaignWithParts, chosen: LeadSourceName[], usable: LeadSourceName[]): Check {
  const settings = { label: 'Lead sources', href: '/settings/lead-sources' }
  const missing = chosen.filter((source) => !usable.includes(source))
  const at = { key: 'sources' as const, fix: settings }
  if (chosen.length === 0) {
    const fix = { label: 'Choose sources', href: editorPage(campaign, 'sources') }
    return { ...at, level: 'block', title: 'No lead source is chosen', detail: null, fix }
  }
  if (usable.length === 0)
    return { ...at, level: 'block', title: `${names(missing)}: switched off or without a key`, detail: null }
  if (missing.length > 0) {
    const title = `${names(missing)}: switched off or without a key`
    return { ...at, level: 'warn', title, detail: `Runs will ask ${names(usable)} alone.` }
  }
  return { ...at, level: 'ok', title: `Asks ${names(usable)}`, detail: null, fix: null }
}

// Nobody would be found, run after run, and every page of companies paid for.
const PLACES_ALONE: Check = {
  key: 'sources',
  level: 'warn',
  title: 'Google Places knows companies, not addresses',
  detail: 'With Hunter switched on, people are looked for at each. Without, nobody it finds can be written to.',
  fix: { label: 'Lead sources', href: '/settings/lead-sources' },
}

function checkCriteria(campaign: CampaignWithParts, usable: LeadSourceName[], idle: LeadSourceName[]): Check {
  const at = { key: 'criteria' as const, fix: { label: 'Set criteria', href: editorPage(campaign, 'sources') } }
  if (idle.length === 0)
    return {
      ...at,
      level: 'ok',
      title: `At most ${campaign.maxResultsPerRun} leads of each source a run`,
      detail: null,
      fix: null,
    }
  const title = `The criteria ask ${names(idle)} for nothing`
  return { ...at, level: idle.length === usable.length ? 'block' : 'warn', title, detail: 'Say who is looked for.' }
}

function checkRecurrence(campaign: CampaignWithParts, now: Date): Check {
  const { isRecurring, recurringInterval, endDate } = campaign
  const at = { key: 'recurrence' as const, fix: { label: 'Set schedule', href: editorPage(campaign, 'amount') } }
  if (endDate && endDate <= now)
    return { ...at, level: 'block', title: 'The end date has passed', detail: 'No run would be due.' }
  if (!isRecurring) return { ...at, level: 'ok', title: 'Runs once', detail: null, fix: null }
  if (!recurringInterval) return { ...at, level: 'block', title: 'How often it runs is not chosen', detail: null }
  const detail = endDate ? null : 'Without an end date it runs until somebody stops it.'
  return { ...at, level: 'ok', title: `Runs ${recurringInterval.replaceAll('_', ' ')}`, detail, fix: null }
}

// What every lead of every source has: an address, and a company almost always.
const SURE = new Set(['email', 'company_name', 'campaign_name'])

/** Variables that found leads may lack: a lead without one is left out when its batch is planned. */
export function warnOfVariables(campaign: CampaignWithParts): Check[] {
  return sequenceOf(campaign).flatMap(({ stepNumber, template }): Check[] => {
    if (parseTemplate(template).length > 0) return []
    const missing = missingVariables(compileTemplate(template), SURE).filter((name) => !name.startsWith('sender_'))
    if (missing.length === 0) return []
    return [
      {
        key: 'variables',
        level: 'warn',
        title: `${missing.map((name) => `"${name}"`).join(', ')} in step ${stepNumber} may be missing`,
        detail:
          'Leads for whom a mail cannot be made are left out. A fallback lets them in, as in {{ city | default: "your city" }}.',
        fix: { label: 'Fix', href: `/templates/${template.id}` },
      },
    ]
  })
}

const names = (sources: readonly LeadSourceName[]) => sources.map((source) => SOURCE_LABELS[source]).join(', ')
