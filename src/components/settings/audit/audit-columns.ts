import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the audit log, beside what was done. */
export const AUDIT_COLUMNS: ListColumns = {
  name: 'audit',
  labels: { who: 'Who', outcome: 'Outcome', at: 'When' },
  standard: ['who', 'outcome', 'at'],
}
