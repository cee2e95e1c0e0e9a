import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the list of batches, beside the batch. */
export const BATCH_COLUMNS: ListColumns = {
  name: 'batch',
  labels: { campaign: 'In use by', leads: 'Leads', campaigns: 'Campaigns', created: 'Made' },
  standard: ['campaign', 'leads', 'campaigns', 'created'],
}
