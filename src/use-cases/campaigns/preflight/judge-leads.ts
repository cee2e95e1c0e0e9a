import {
  type FieldsToRead,
  selectCustomLabels,
  selectFilledLabels,
  selectLeadPage,
  selectLeadsToCheck,
} from '@/db/queries/campaigns/select-leads-to-check'
import type { Sql } from '@/db/sql'
import { createVariableCheck, type VariableCheck, type VariableProblems } from '@/domain/message/problems'
import { createTrial, templatesInUse } from '@/domain/message/trial'
import { customFieldKey, type LeadFacts, VARIABLE_NAMES, type Variables } from '@/domain/message/variables'
import { createTurns } from '@/lib/turns'
import type { CampaignWithParts } from '../load-campaign'

// Leads that are read at once.
const PAGE = 2_000

export type JudgedLeads = { problems: VariableProblems; leads: number }

type Trial = {
  campaignId: string
  check: VariableCheck
  valuesOf: (lead: LeadFacts) => Variables
  read: FieldsToRead
  /** Names of custom fields that the templates read, and those of them that a lead had a value for. */
  custom: readonly string[]
  filled: Set<string>
}

/**
 * What keeps the emails of a campaign's leads from being made, of all who would be planned. Reads them page by page and only
 * what the templates read, and lets others have their turn; what it holds does not grow with the leads.
 */
export async function judgeLeads(sql: Sql, campaign: CampaignWithParts, companyName: string): Promise<JudgedLeads> {
  const trial = await openTrial(sql, campaign, companyName)
  let leads = 0
  let after: string | null = null
  for (;;) {
    const page: { id: string }[] = await selectLeadPage(sql, { campaignId: campaign.id, after, limit: PAGE })
    leads += await judgePage(
      sql,
      trial,
      page.map(({ id }) => id),
    )
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return { problems: await problemsOf(sql, trial), leads }
  }
}

/** The same of these leads alone, as far as they would be planned. */
export async function judgeSomeLeads(
  sql: Sql,
  campaign: CampaignWithParts,
  { companyName, ids }: { companyName: string; ids: readonly string[] },
): Promise<JudgedLeads> {
  const trial = await openTrial(sql, campaign, companyName)
  const leads = await judgePage(sql, trial, ids)
  // What only others have a value for is known all the same.
  return { problems: trial.check.problems(new Set([...VARIABLE_NAMES, ...trial.custom])), leads }
}

async function openTrial(sql: Sql, campaign: CampaignWithParts, companyName: string): Promise<Trial> {
  const check = createVariableCheck(templatesInUse(campaign.sequence))
  const custom = [...check.reads].filter((name) => !VARIABLE_NAMES.has(name))
  const wanted = new Set(custom)
  const rows = custom.length > 0 ? await selectCustomLabels(sql, campaign.id) : []
  const labels = rows.map(({ label }) => label).filter((label) => wanted.has(customFieldKey(label) ?? ''))
  return {
    campaignId: campaign.id,
    check,
    valuesOf: createTrial(campaign, companyName),
    read: { variables: check.reads, labels },
    custom,
    filled: new Set(),
  }
}

async function judgePage(
  sql: Sql,
  { campaignId, check, valuesOf, read, custom, filled }: Trial,
  ids: readonly string[],
): Promise<number> {
  const leads = await selectLeadsToCheck(sql, { campaignId, ids, read })
  const turns = createTurns()
  for (const lead of leads) {
    if (turns.isOver()) await turns.pass()
    const values = valuesOf(lead)
    for (const name of custom) if (Object.hasOwn(values, name)) filled.add(name)
    check.add(values)
  }
  return leads.length
}

/** A custom field exists where any of these leads has a value; the others are read only to suggest one. */
async function problemsOf(sql: Sql, { campaignId, check, filled }: Trial): Promise<VariableProblems> {
  const problems = check.problems(new Set([...VARIABLE_NAMES, ...filled]))
  if (problems.unknown.length === 0) return problems
  const keys = (await selectFilledLabels(sql, campaignId)).flatMap(({ label }) => customFieldKey(label) ?? [])
  return check.problems(new Set([...VARIABLE_NAMES, ...keys.sort()]))
}
