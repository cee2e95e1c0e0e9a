import { columnOf } from '@/db/columns'
import { selectValuesToClear, type ValuesToClear } from '@/db/queries/campaigns/select-values-to-clear'
import type { Check } from '@/domain/campaign/preflight'
import { DomainError } from '@/domain/errors'
import type { LeadDetail } from '@/domain/lead/fields'
import { GOOGLE_FIELDS_TO_CLEAR } from '@/domain/lead-generation/source-settings'
import { missingVariables } from '@/domain/message/problems'
import { compileTemplate } from '@/domain/message/render'
import { VARIABLE_NAMES } from '@/domain/message/variables'
import { DAY_MS } from '@/domain/time/duration'
import { localDate } from '@/domain/time/local-time'
import { daysFromStart } from '@/domain/workflow/steps'
import { listLeadSources } from '@/use-cases/lead-sources/list-lead-sources'
import { type CampaignWithParts, generationOf } from '../load-campaign'
import { loadSendingMailboxes } from '../load-sending-mailboxes'
import { preparePlan } from '../plan-campaign'
import { countLeads } from './check-leads'
import { fixOfText } from './fix-of-text'
import type { PreflightDeps } from './preflight-deps'

const SOURCE = 'google_places'

/**
 * Warnings of values that a lead source's terms take away before a step is due: without a fallback in the template those
 * emails fail. The templates can be parsed.
 */
export async function warnOfRetention(deps: PreflightDeps, campaign: CampaignWithParts): Promise<Check[]> {
  const groups = await groupsOf(deps, campaign)
  if (groups.length === 0) return []
  const sources = await listLeadSources(deps)
  const days = sources.find(({ source }) => source === SOURCE)?.settings.retentionDays
  if (!days) return []
  const due = await lastDueByStep(deps, campaign)
  return campaign.sequence.flatMap(({ stepNumber, template }): Check[] => {
    const at = due.get(stepNumber)
    if (!at) return []
    const compiled = compileTemplate(template)
    const missing = new Map<string, number>()
    let first: Date | null = null
    for (const { fields, fetchedAt, leads } of groups) {
      const clearedAt = new Date(fetchedAt.getTime() + days * DAY_MS)
      const lost = clearedAt <= at ? lostVariables(compiled, fields) : []
      for (const name of lost) missing.set(name, (missing.get(name) ?? 0) + leads)
      if (lost.length > 0 && (!first || clearedAt < first)) first = clearedAt
    }
    if (!first) return []
    const found = campaign.campaignType === 'outreach'
    return [
      {
        subject: 'variables',
        level: 'warn',
        kind: 'variables_cleared',
        variables: [...missing.keys()].sort(),
        step: stepNumber,
        day: localDate(first, campaign.timezone),
        retentionDays: days,
        leads: found ? Math.max(...missing.values()) : null,
        fix: fixOfText(campaign, template),
      },
    ]
  })
}

/** Details that leads lose; where they are yet to be found, all that the source's terms are about, as if found now. */
async function groupsOf(deps: PreflightDeps, campaign: CampaignWithParts): Promise<ValuesToClear[]> {
  if (campaign.campaignType === 'outreach') return selectValuesToClear(deps.sql, campaign.id, SOURCE)
  if (!generationOf(campaign).leadSources.includes(SOURCE)) return []
  return [{ fields: [...GOOGLE_FIELDS_TO_CLEAR], fetchedAt: deps.clock.now(), leads: 0 }]
}

/** When the last email of each step is due: of a start now or as scheduled, or that many days after leads are found. */
async function lastDueByStep(deps: PreflightDeps, campaign: CampaignWithParts): Promise<Map<number, Date>> {
  const start = campaign.scheduledStartAt ?? deps.clock.now()
  const planned = campaign.campaignType === 'outreach' ? await plannedByStep(deps, campaign, start) : null
  if (planned) return planned
  const delay = generationOf(campaign).outreachDelayDays
  const days = daysFromStart(campaign.sequence)
  return new Map(
    campaign.sequence.map(({ stepNumber }, i) => [
      stepNumber,
      new Date(start.getTime() + (delay + (days[i] ?? 0)) * DAY_MS),
    ]),
  )
}

/** Null where no plan can be made; other checks say why. */
async function plannedByStep(deps: PreflightDeps, campaign: CampaignWithParts, start: Date) {
  const mailboxes = await loadSendingMailboxes(deps, campaign)
  const { eligible } = await countLeads(deps, campaign.id)
  if (mailboxes.length === 0 || eligible === 0) return null
  const slices = await preparePlan(deps, { campaign, mailboxes, leadCount: eligible, start }).catch(unlessRefused)
  if (!slices) return null
  const last = new Map<number, Date>()
  for (const { stepNumber, scheduledFor } of slices) {
    const known = last.get(stepNumber)
    if (!known || scheduledFor > known) last.set(stepNumber, scheduledFor)
  }
  return last
}

function unlessRefused(error: unknown): null {
  if (error instanceof DomainError) return null
  throw error
}

function lostVariables(compiled: ReturnType<typeof compileTemplate>, fields: readonly LeadDetail[]): string[] {
  const lost = new Set(fields.map(columnOf))
  const kept = new Set([...VARIABLE_NAMES].filter((name) => !lost.has(name)))
  return missingVariables(compiled, kept).filter((name) => lost.has(name))
}
