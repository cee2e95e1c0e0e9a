import type { ListColumns } from '@/components/lists/columns/list-columns'
import type { CampaignType } from '@/domain/campaign/state'

/** The columns of a list of campaigns by their type, beside name and menu. */
export const CAMPAIGN_COLUMNS: Readonly<Record<CampaignType, ListColumns>> = {
  outreach: {
    name: 'outreach-campaign',
    labels: {
      status: 'Status',
      ledger: 'Progress',
      next: 'Next email',
      leads: 'Leads',
      contacted: 'Contacted',
      replied: 'Replied',
      bounced: 'Bounced',
      created: 'Made',
    },
    standard: ['status', 'ledger', 'next', 'contacted', 'replied', 'bounced'],
  },
  lead_generation: {
    name: 'lead-generation-campaign',
    labels: {
      status: 'Status',
      yield: 'Leads',
      next: 'Next run',
      found: 'Found',
      added: 'Added',
      duplicate: 'Duplicate',
      cap: 'Limit',
      created: 'Made',
    },
    standard: ['status', 'yield', 'next', 'found', 'added', 'duplicate', 'cap'],
  },
  fully_automated: {
    name: 'automated-campaign',
    labels: {
      status: 'Status',
      pipeline: 'Found, then mailed',
      next: 'Next',
      added: 'New leads',
      contacted: 'Contacted',
      replied: 'Replied',
      bounced: 'Bounced',
      created: 'Made',
    },
    standard: ['status', 'pipeline', 'next', 'added', 'contacted', 'replied'],
  },
}
