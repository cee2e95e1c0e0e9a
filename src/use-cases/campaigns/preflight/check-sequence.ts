import type { Check } from '@/domain/campaign/preflight'
import { unconfirmedTags } from '@/domain/message/foreign-tags'
import type { VariableProblems } from '@/domain/message/problems'
import { parseTemplate } from '@/domain/message/render'
import { titleOf } from '@/domain/templates/title'
import type { SettingsView } from '@/use-cases/settings/get-settings'
import type { CampaignWithParts, SequenceStep } from '../load-campaign'
import { fixOfText } from './fix-of-text'
import { judgeLeads } from './judge-leads'
import type { PreflightDeps } from './preflight-deps'
import { warnOfRetention } from './warn-of-retention'
import { warnOfVariables } from './warn-of-variables'

/** The check that there are steps to send. */
export function checkSequence(campaign: CampaignWithParts, steps: number): Check {
  const subject = 'sequence' as const
  const fix = { kind: 'edit_step', step: 'sequence' } as const
  const { workflow, useWorkflow, emailTemplate } = campaign
  if (steps > 0) {
    const name = (useWorkflow ? workflow : emailTemplate)?.name ?? null
    return { subject, level: 'ok', kind: 'sequence_ready', steps, name, fix: null }
  }
  if (useWorkflow && workflow) return { subject, level: 'block', kind: 'workflow_empty', workflow: workflow.name, fix }
  return { subject, level: 'block', kind: 'no_sequence', fix }
}

/** The checks that every step can be rendered for every eligible lead, and what to look at. */
export async function checkTemplates(
  deps: PreflightDeps,
  campaign: CampaignWithParts,
  settings: SettingsView,
): Promise<Check[]> {
  const { blocking, leads } = await findUnfitContent(deps, campaign, settings)
  if (blocking.length > 0 || campaign.sequence.length === 0) return blocking
  // The leads are yet to be found: only what sources can give is known.
  const uncertain = campaign.campaignType === 'fully_automated' ? warnOfVariables(campaign) : []
  const warnings = [...uncertain, ...(await warnOfRetention(deps, campaign))]
  if (warnings.length > 0) return warnings
  return [{ subject: 'variables', level: 'ok', kind: 'variables_ready', leadsKnown: leads > 0, fix: null }]
}

/** What keeps emails of the sequence from being made, or from being sent as they stand; with how many leads were judged. */
export async function findUnfitContent(
  { sql }: Pick<PreflightDeps, 'sql'>,
  campaign: CampaignWithParts,
  settings: Pick<SettingsView, 'companyName'>,
): Promise<{ blocking: Check[]; leads: number }> {
  const { sequence } = campaign
  const broken = sequence.flatMap((step) => unreadable(step).map((problem) => unfit(campaign, step.template, problem)))
  if (broken.length > 0 || sequence.length === 0) return { blocking: broken, leads: 0 }
  const foreign = sequence.flatMap(({ stepNumber: step, template }) => {
    const texts = unconfirmedTags(template, template.confirmedTexts)
    return texts.length > 0 ? [unfit(campaign, template, { kind: 'foreign_text', step, texts })] : []
  })
  const { problems, leads } = await judgeLeads(sql, campaign, settings.companyName)
  return { blocking: [...checksOf(campaign, problems), ...foreign], leads }
}

function unreadable({ stepNumber: step, replyInThread, template }: SequenceStep): Problem[] {
  const own = template.workflowId !== null
  // One that replies has the subject of the first email, which is missing there.
  const lacksSubject = own && !template.subject.trim()
  if (own && (!template.bodyText.trim() || (lacksSubject && !replyInThread))) return [{ kind: 'step_unwritten', step }]
  if (lacksSubject) return []
  const name = titleOf(template)
  return parseTemplate(template).map(({ message }) => ({
    kind: 'template_unreadable',
    step,
    template: name,
    reason: message,
  }))
}

function checksOf(campaign: CampaignWithParts, { unknown, missing, failing }: VariableProblems): Check[] {
  const steps = new Map(campaign.sequence.map((step) => [step.template.id, step]))
  const at = (templateId: string, problem: (step: number) => Problem): Check[] => {
    const step = steps.get(templateId)
    return step ? [unfit(campaign, step.template, problem(step.stepNumber))] : []
  }
  return [
    ...unknown.flatMap(({ templateId, name: variable, suggestion }) =>
      at(templateId, (step) => ({ kind: 'unknown_variable', variable, step, suggestion })),
    ),
    ...missing.flatMap(({ templateId, name: variable, leads }) =>
      at(templateId, (step) => ({ kind: 'missing_variable', variable, step, leads })),
    ),
    ...failing.flatMap(({ templateId, reason, leads }) =>
      at(templateId, (step) => ({ kind: 'email_fails', step, leads, reason })),
    ),
  ]
}

type Problem = DistributiveOmit<Extract<Check, { subject: 'variables' }>, 'subject' | 'level' | 'fix'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

const unfit = (campaign: CampaignWithParts, template: SequenceStep['template'], problem: Problem): Check => ({
  ...problem,
  subject: 'variables',
  level: 'block',
  fix: fixOfText(campaign, template),
})
