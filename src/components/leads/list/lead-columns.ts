import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of a list of leads, beside the lead itself. */
export const LEAD_COLUMNS: ListColumns = {
  name: 'lead',
  labels: {
    company: 'Company',
    place: 'Place',
    status: 'Status',
    source: 'Source',
    sent: 'Emails',
    last: 'Last email',
    created: 'Added',
  },
  standard: ['company', 'place', 'status', 'sent', 'last', 'created'],
  customFields: true,
}
