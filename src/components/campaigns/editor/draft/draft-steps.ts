import type { CampaignType } from '@/domain/campaign/state'
import type { DraftStep } from '@/routes'

/** The steps of a draft, in their order. */
export const STEPS_OF: Record<CampaignType, readonly [DraftStep, ...DraftStep[]]> = {
  outreach: ['leads', 'sequence', 'mailboxes', 'review'],
  lead_generation: ['sources', 'amount', 'review'],
  fully_automated: ['sources', 'amount', 'sequence', 'mailboxes', 'review'],
}

const STEP_LABELS: Record<DraftStep, string> = {
  leads: 'Leads',
  sources: 'Sources & criteria',
  amount: 'Amount & schedule',
  sequence: 'Sequence',
  mailboxes: 'Mailboxes',
  review: 'Review',
}

/** Outreach sets its schedule beside its mailboxes; the others have it beside the amount. */
export const stepLabel = (type: CampaignType, step: DraftStep) =>
  type === 'outreach' && step === 'mailboxes' ? 'Mailboxes & schedule' : STEP_LABELS[step]

/** The open step: what the address says, if a draft of this type has it, else the first. */
export function openStep(type: CampaignType, asked: DraftStep | null): DraftStep {
  const steps = STEPS_OF[type]
  return asked && steps.includes(asked) ? asked : steps[0]
}
