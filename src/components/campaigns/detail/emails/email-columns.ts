import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the emails of a campaign, beside the lead. */
export const EMAIL_COLUMNS: ListColumns = {
  name: 'email',
  labels: { state: 'State', step: 'Step', mailbox: 'From', when: 'When', attempts: 'Failed attempts' },
  standard: ['state', 'step', 'when', 'attempts'],
}

/** The columns of the leads of a campaign, beside the lead itself. */
export const CAMPAIGN_LEAD_COLUMNS: ListColumns = {
  name: 'campaign-lead',
  labels: { first: 'First email', when: 'When', mailbox: 'From', emails: 'All steps' },
  standard: ['first', 'when', 'mailbox', 'emails'],
}
