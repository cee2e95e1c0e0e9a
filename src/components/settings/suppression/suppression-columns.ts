import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the suppression list, beside the address or domain. */
export const SUPPRESSION_COLUMNS: ListColumns = {
  name: 'suppression',
  labels: { reason: 'Reason', added: 'Since' },
  standard: ['reason', 'added'],
}
