import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the list of workflows, beside name and menu. */
export const WORKFLOW_COLUMNS: ListColumns = {
  name: 'workflow',
  labels: { use: 'In use by', steps: 'Emails', days: 'Lasts', saved: 'Saved' },
  standard: ['use', 'steps', 'days', 'saved'],
}
