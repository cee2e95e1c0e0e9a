import { selectEligibleLeads } from '@/db/queries/select-eligible-leads'
import { findVariableProblems } from '@/domain/message/problems'
import { compileTemplate, parseTemplate } from '@/domain/message/render'
import { customFieldKeys, type LeadFacts, VARIABLE_NAMES, variablesOf } from '@/domain/message/variables'
import { warnOfVariables } from './check-generation'
import { type CampaignWithParts, sequenceOf } from './find-campaign'
import { type Check, counted, editorPage, type PreflightDeps } from './preflight'
import type { SettingsView } from './read-settings'

/** Whether there are steps to send. */
export function checkSequence(campaign: CampaignWithParts, steps: number): Check {
  const fix = { label: 'Choose sequence', href: editorPage(campaign, 'sequence') }
  if (steps > 0)
    return {
      key: 'sequence',
      level: 'ok',
      title: counted(steps, 'step'),
      detail: campaign.workflow?.name ?? campaign.emailTemplate?.name ?? null,
      fix: null,
    }
  const title =
    campaign.useWorkflow && campaign.workflow
      ? `Workflow "${campaign.workflow.name}" has no steps`
      : 'No workflow or template is chosen'
  return { key: 'sequence', level: 'block', title, detail: null, fix }
}

type Sequence = ReturnType<typeof sequenceOf>

/** Whether every step can be written for every lead. */
export async function checkTemplates(
  { db }: PreflightDeps,
  campaign: CampaignWithParts,
  settings: SettingsView,
): Promise<Check[]> {
  const sequence = sequenceOf(campaign)
  const broken = sequence.flatMap(({ stepNumber, template }) =>
    parseTemplate(template).map(({ message }) =>
      unfit(template.id, `Step ${stepNumber}, "${template.name}", can't be read`, message),
    ),
  )
  if (broken.length > 0 || sequence.length === 0) return broken
  const leads = await db.$queryRaw<LeadFacts[]>(selectEligibleLeads(campaign.id))
  const problems = findProblems(campaign, sequence, leads, settings)
  if (problems.length > 0) return problems
  // The leads are yet to be found: only what sources can give is known.
  if (campaign.campaignType === 'fully_automated') {
    const warnings = warnOfVariables(campaign)
    if (warnings.length > 0) return warnings
  }
  const title = leads.length > 0 ? 'Every variable has a value for every lead' : 'Every variable in use exists'
  const detail = leads.length > 0 ? null : 'Leads that lack a value are left out when they are planned.'
  return [{ key: 'variables', level: 'ok', title, detail, fix: null }]
}

function findProblems(
  campaign: CampaignWithParts,
  sequence: Sequence,
  leads: LeadFacts[],
  settings: SettingsView,
): Check[] {
  const mailbox = campaign.mailboxes[0]?.mailbox
  const sender = {
    name: mailbox?.fromName ?? 'Sender',
    email: mailbox?.fromEmail ?? 'sender@example.com',
    company: settings.companyName,
  }
  const steps = new Map(sequence.map(({ stepNumber, template }) => [template.id, stepNumber]))
  const at = (templateId: string) => `in step ${steps.get(templateId)}`
  const { unknown, missing, failing } = findVariableProblems({
    templates: [...new Map(sequence.map(({ template }) => [template.id, template])).values()].map((template) => ({
      id: template.id,
      name: template.name,
      compiled: compileTemplate(template),
    })),
    knownKeys: new Set([...VARIABLE_NAMES, ...customFieldKeys(leads)]),
    valuesByLead: valuesOf(leads, sender, campaign),
  })
  return [
    ...unknown.map(({ templateId, name, suggestion }) =>
      unfit(
        templateId,
        `"${name}" ${at(templateId)} is no variable`,
        suggestion ? `Did you mean ${suggestion}?` : 'No lead has a field of this name.',
      ),
    ),
    ...missing.map(({ templateId, name, leads: n }) =>
      unfit(
        templateId,
        `"${name}" ${at(templateId)} is missing for ${counted(n, 'lead')}`,
        `Give it a fallback, as in {{ ${name} | default: "..." }}, or fill it in.`,
      ),
    ),
    ...failing.map(({ templateId, reason, leads: n }) =>
      unfit(templateId, `The mail ${at(templateId)} can't be made for ${counted(n, 'lead')}`, reason),
    ),
  ]
}

function* valuesOf(
  leads: LeadFacts[],
  sender: { name: string; email: string; company?: string },
  campaign: { name: string },
) {
  for (const lead of leads) yield variablesOf(lead, sender, campaign, 'https://unsubscribe.invalid/')
}

const unfit = (templateId: string, title: string, detail: string): Check => ({
  key: 'variables',
  level: 'block',
  title,
  detail,
  fix: { label: 'Fix', href: `/templates/${templateId}` },
})
