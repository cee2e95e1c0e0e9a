import { selectBusyBatch } from '@/db/queries/hold-batches'
import { countLeadsByEligibility, selectEligibleLeads } from '@/db/queries/select-eligible-leads'
import type { Deps } from '@/deps'
import type { CampaignType } from '@/domain/campaign/state'
import { findVariableProblems } from '@/domain/message/problems'
import { compileTemplate, parseTemplate } from '@/domain/message/render'
import { customFieldKeys, type LeadFacts, VARIABLE_NAMES, variablesOf } from '@/domain/message/variables'
import { checkGeneration, warnOfVariables } from './check-generation'
import { type CampaignWithParts, findCampaign, mailboxesOf, sequenceOf } from './find-campaign'
import { getSettings, type SettingsView } from './read-settings'

/** One line of the pre-flight list. `block` lines must be fixed before the campaign can start. */
export type Check = {
  key:
    | 'sources'
    | 'criteria'
    | 'recurrence'
    | 'leads'
    | 'sequence'
    | 'variables'
    | 'batches'
    | 'mailboxes'
    | 'postal_address'
  level: 'ok' | 'warn' | 'block'
  title: string
  detail: string | null
  /** Where it can be fixed. */
  fix: { label: string; href: string } | null
}

export type LeftOut = { reason: string; count: number }
export type Preflight = { checks: Check[]; ready: boolean; leads: number; emails: number; leftOut: LeftOut[] }

type Reader = Pick<Deps, 'db' | 'config' | 'log' | 'leadSources' | 'clock'>

/** Everything that a start would ask, without starting. */
export async function checkCampaign(deps: Reader, { campaignId }: { campaignId: string }): Promise<Preflight> {
  return preflightOf(deps, await findCampaign(deps, campaignId))
}

/** The same for a campaign that was read already, as a start does under its lock. */
export async function preflightOf(deps: Reader, campaign: CampaignWithParts): Promise<Preflight> {
  const sequence = sequenceOf(campaign)
  const { eligible, leftOut } = await countLeads(deps, campaign.id)
  const settings = await getSettings(deps)
  const type = campaign.campaignType as CampaignType
  const checks = [
    ...(type === 'outreach'
      ? [checkLeads(campaign, eligible, leftOut), await checkBatches(deps, campaign)]
      : await checkGeneration(deps, campaign)),
    ...(type === 'lead_generation'
      ? []
      : [
          checkSequence(campaign, sequence.length),
          ...(await checkTemplates(deps, campaign, settings)),
          await checkMailboxes(deps, campaign),
          checkPostalAddress(settings),
        ]),
  ].filter((check) => check !== null)
  return {
    checks,
    ready: checks.every(({ level }) => level !== 'block'),
    leads: eligible,
    emails: eligible * sequence.length,
    leftOut,
  }
}

/** Eligible leads, and those left out by reason. */
export async function countLeads({ db }: Pick<Deps, 'db'>, campaignId: string) {
  const rows = await db.$queryRaw<{ reason: string | null; count: number }[]>(countLeadsByEligibility(campaignId))
  const eligible = rows.find(({ reason }) => reason === null)?.count ?? 0
  const leftOut = rows.flatMap(({ reason, count }) => (reason ? [{ reason, count }] : []))
  return { eligible, leftOut }
}

const page = (campaign: CampaignWithParts, step: string) => `/campaigns/${campaign.id}/edit?step=${step}`

function checkLeads(campaign: CampaignWithParts, eligible: number, leftOut: LeftOut[]): Check {
  const batches = campaign.batches.length
  const detail = leftOut.length > 0 ? `${sum(leftOut)} left out: ${leftOut.map(inWords).join(', ')}` : null
  const fix = { label: 'Choose leads', href: page(campaign, 'leads') }
  if (batches === 0) return { key: 'leads', level: 'block', title: 'No batch of leads is chosen', detail: null, fix }
  if (eligible === 0)
    return {
      key: 'leads',
      level: 'block',
      title: 'No lead can be mailed',
      detail: detail ?? 'The batches are empty.',
      fix,
    }
  return {
    key: 'leads',
    level: 'ok',
    title: `${count(eligible, 'lead')} from ${count(batches, 'batch')}`,
    detail,
    fix: null,
  }
}

async function checkBatches({ db }: Reader, campaign: CampaignWithParts): Promise<Check | null> {
  if (campaign.batches.length === 0) return null
  const [busy] = await db.$queryRaw<{ batchName: string; holderName: string; holderId: string }[]>(
    selectBusyBatch(campaign.id),
  )
  const names = campaign.batches.map(({ batch }) => batch.name).join(', ')
  if (!busy) return { key: 'batches', level: 'ok', title: 'Batches are free', detail: names, fix: null }
  return {
    key: 'batches',
    level: 'block',
    title: `Batch "${busy.batchName}" is in use by "${busy.holderName}"`,
    detail: 'A batch belongs to one running campaign at a time.',
    fix: { label: 'See campaign', href: `/campaigns/${busy.holderId}` },
  }
}

function checkSequence(campaign: CampaignWithParts, steps: number): Check {
  const fix = { label: 'Choose sequence', href: page(campaign, 'sequence') }
  if (steps > 0)
    return {
      key: 'sequence',
      level: 'ok',
      title: count(steps, 'step'),
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

async function checkTemplates({ db }: Reader, campaign: CampaignWithParts, settings: SettingsView): Promise<Check[]> {
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
        `"${name}" ${at(templateId)} is missing for ${count(n, 'lead')}`,
        `Give it a fallback, as in {{ ${name} | default: "..." }}, or fill it in.`,
      ),
    ),
    ...failing.map(({ templateId, reason, leads: n }) =>
      unfit(templateId, `The mail ${at(templateId)} can't be made for ${count(n, 'lead')}`, reason),
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

async function checkMailboxes({ db, config }: Reader, campaign: CampaignWithParts): Promise<Check> {
  const mailboxes = await mailboxesOf({ db }, campaign)
  const fix = { label: 'Mailboxes', href: '/settings/mailboxes' }
  const stopped = mailboxes.find(({ health }) => health === 'stopped')
  if (mailboxes.length === 0)
    return { key: 'mailboxes', level: 'block', title: 'There is no mailbox to send from', detail: null, fix }
  const detail = mailboxes.map(({ fromEmail }) => fromEmail).join(', ')
  const placeholder = mailboxes.find(({ fromEmail }) => /[@.]example(\.(com|org|net))?$/i.test(fromEmail))
  if (placeholder && !config.sandbox) {
    const title = `Mailbox "${placeholder.name}" still sends as ${placeholder.fromEmail}`
    return { key: 'mailboxes', level: 'block', title, detail: 'Give it your own address before real mail leaves.', fix }
  }
  if (stopped)
    return {
      key: 'mailboxes',
      level: 'warn',
      title: `Mailbox ${stopped.fromEmail} is stopped`,
      detail: stopped.healthReason,
      fix,
    }
  return { key: 'mailboxes', level: 'ok', title: count(mailboxes.length, 'mailbox'), detail, fix: null }
}

function checkPostalAddress(settings: SettingsView): Check {
  const fix = { label: 'Add', href: '/settings' }
  return settings.postalAddress.trim()
    ? {
        key: 'postal_address',
        level: 'ok',
        title: 'Unsubscribe link and postal address',
        detail: settings.postalAddress.trim().replace(/\s*\n\s*/g, ', '),
        fix: null,
      }
    : {
        key: 'postal_address',
        level: 'block',
        title: 'Your postal address is missing',
        detail: 'The law asks for it in every campaign mail.',
        fix,
      }
}

const sum = (leftOut: LeftOut[]) => leftOut.reduce((total, entry) => total + entry.count, 0)
const inWords = ({ reason, count: n }: LeftOut) => `${n} ${reason.replaceAll('_', ' ')}`

function count(n: number, noun: string): string {
  const plural = noun.endsWith('ch') || noun.endsWith('x') ? `${noun}es` : `${noun}s`
  return `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`
}
