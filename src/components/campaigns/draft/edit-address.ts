import { createSerializer, parseAsString, parseAsStringLiteral } from 'nuqs'

export const DRAFT_STEPS = ['leads', 'sequence', 'mailboxes', 'review'] as const
export type DraftStep = (typeof DRAFT_STEPS)[number]

export const STEP_LABELS: Record<DraftStep, string> = {
  leads: 'Leads',
  sequence: 'Sequence',
  mailboxes: 'Mailboxes & schedule',
  review: 'Review',
}

/** What the address of the draft says: the open step, and the local time at which it is to start (absent: now). */
export const editParsers = {
  step: parseAsStringLiteral(DRAFT_STEPS).withDefault('leads').withOptions({ clearOnDefault: false }),
  start: parseAsString,
}

const serialize = createSerializer(editParsers)

export const editHref = (campaignId: string, step: DraftStep, start: string | null) =>
  serialize(`/campaigns/${campaignId}/edit`, { step, start })
