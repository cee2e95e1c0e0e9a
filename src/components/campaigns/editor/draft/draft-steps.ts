import { createSerializer, parseAsString, parseAsStringLiteral } from 'nuqs'
import type { CampaignType } from '@/domain/campaign/state'

const DRAFT_STEPS = ['leads', 'sources', 'amount', 'sequence', 'mailboxes', 'review'] as const
export type DraftStep = (typeof DRAFT_STEPS)[number]

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

/** What the address of the draft says: the open step, and the local time at which it is to start (absent: now). */
export const editParsers = {
  step: parseAsStringLiteral(DRAFT_STEPS),
  start: parseAsString,
}

const serialize = createSerializer(editParsers)

/** Without a step: the first one. */
export const editHref = (campaignId: string, step: DraftStep | null = null, start: string | null = null) =>
  serialize(`/campaigns/${campaignId}/edit`, { step, start })
