import type { LeadSourceName } from '../lead-generation/criteria'
import type { RecurringInterval } from '../lead-generation/recurring-intervals'
import type { RecordName } from '../mailbox/mailbox-checks'

/** Where a check can be fixed. Screens make addresses of it. */
export type Fix =
  | { kind: 'edit_step'; step: 'leads' | 'sources' | 'amount' | 'sequence' }
  | { kind: 'edit_template'; templateId: string }
  | { kind: 'open_campaign'; campaignId: string }
  | { kind: 'lead_sources' | 'mailboxes' | 'settings' }

/** Leads that are not planned, by reason. */
export type LeftOut = { reason: string; count: number }

type SourcesFact =
  | { kind: 'no_source' }
  | { kind: 'sources_unusable'; missing: LeadSourceName[]; usable: LeadSourceName[] }
  | { kind: 'google_places_alone' }
  | { kind: 'sources_ready'; sources: LeadSourceName[] }
type CriteriaFact =
  | { kind: 'criteria_empty' | 'nobody_fits'; sources: LeadSourceName[] }
  | { kind: 'criteria_ready'; cap: number }
type RecurrenceFact =
  | { kind: 'end_date_passed' | 'no_interval' | 'runs_once' }
  | { kind: 'recurs'; interval: RecurringInterval; endless: boolean }
type LeadsFact =
  | { kind: 'no_batch' }
  | { kind: 'no_lead'; leftOut: LeftOut[] }
  | { kind: 'leads_ready'; leads: number; batches: number; leftOut: LeftOut[] }
  /** `last`: the campaign that emailed most recently, and how many of the leads it did last; null where it is gone. */
  | { kind: 'emailed_before'; leads: number; last: { campaign: string; leads: number } | null }
type BatchesFact = { kind: 'batch_busy'; batch: string; holder: string } | { kind: 'batches_free'; batches: string[] }
type SequenceFact =
  | { kind: 'workflow_empty'; workflow: string }
  | { kind: 'no_sequence' }
  | { kind: 'sequence_ready'; steps: number; name: string | null }
type VariablesFact =
  /** A text of its own that lacks its subject or its body. */
  | { kind: 'step_unwritten'; step: number }
  | { kind: 'template_unreadable'; step: number; template: string; reason: string }
  | { kind: 'unknown_variable'; variable: string; step: number; suggestion: string | null }
  | { kind: 'missing_variable'; variable: string; step: number; leads: number }
  | { kind: 'foreign_text'; step: number; texts: string[] }
  | { kind: 'email_fails'; step: number; leads: number; reason: string }
  | { kind: 'variables_uncertain'; variables: string[]; step: number }
  | {
      kind: 'variables_cleared'
      variables: string[]
      step: number
      /** The local date from which the step's emails lack the values. */
      day: string
      /** What the terms of the source allow. */
      retentionDays: number
      /** Null where the leads are yet to be found. */
      leads: number | null
    }
  | { kind: 'variables_ready'; leadsKnown: boolean }
type MailboxesFact =
  | { kind: 'no_mailbox' }
  | { kind: 'mailbox_placeholder'; mailbox: string; address: string }
  | { kind: 'mailbox_untested'; address: string; reason: string | null }
  | { kind: 'mailbox_stopped'; address: string; reason: string | null }
  | { kind: 'sender_records'; address: string; records: RecordName[] }
  | { kind: 'mailboxes_ready'; addresses: string[] }
type PaceFact = {
  /** `beyond_ten_years`: no plan is made of it. */
  kind: 'gap_sets_pace' | 'beyond_ten_years'
  address: string
  /** Emails that leave on a day on which the window opens. */
  perDay: number
  leads: number
  steps: number
  /** Days on which the window opens that these take, and the weeks in which they lie, both at least. */
  days: number
  weeks: number
}
type PostalAddressFact =
  | { kind: 'no_postal_address' }
  | { kind: 'sample_postal_address' | 'postal_address_ready'; address: string }
type PublicAddressFact = { kind: 'app_url_not_public'; appUrl: string }

type At<Subject extends string, Fact> = Fact & {
  subject: Subject
  /** `block` must be fixed before the campaign can start. */
  level: 'ok' | 'warn' | 'block'
  fix: Fix | null
}

/** One line of the pre-flight list: what was found, as facts. `preflight-text.ts` puts it into words. */
export type Check =
  | At<'sources', SourcesFact>
  | At<'criteria', CriteriaFact>
  | At<'recurrence', RecurrenceFact>
  | At<'leads', LeadsFact>
  | At<'batches', BatchesFact>
  | At<'sequence', SequenceFact>
  | At<'variables', VariablesFact>
  | At<'mailboxes', MailboxesFact>
  | At<'pace', PaceFact>
  | At<'postal_address', PostalAddressFact>
  | At<'public_address', PublicAddressFact>

/** The chosen sources that a run asks for anything: those that can be used, and that the criteria speak of. */
export function askedSources(chosen: readonly LeadSourceName[], checks: readonly Check[]): LeadSourceName[] {
  const unasked = checks.flatMap((check) => {
    if (check.kind === 'sources_unusable') return check.missing
    return check.kind === 'criteria_empty' ? check.sources : []
  })
  return chosen.filter((source) => !unasked.includes(source))
}

/** The checks that refuse a start. A batch that is in use now may be free by the time of a planned start. */
export const blockingChecks = (checks: readonly Check[], { scheduled = false } = {}): Check[] =>
  checks.filter(({ level, subject }) => level === 'block' && !(scheduled && subject === 'batches'))
