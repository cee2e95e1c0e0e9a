// The unions that the schema's `@type` names for its text columns; check constraints hold the database to the same values.
export type { EmailStatus } from '@/domain/campaign/progress'
export type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
export type { MailboxHealth } from '@/domain/delivery/decide'
export type { LeadStatus } from '@/domain/lead/status'
export type { LeadSourceName } from '@/domain/lead-generation/criteria'
export type { RecurringInterval } from '@/domain/lead-generation/recurrence'
export type { CallStatus, RunSourceStatus, RunStatus } from '@/domain/lead-generation/run'
export type { SmtpSecurity } from '@/domain/mailbox'
