import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the list of templates, beside name and menu. */
export const TEMPLATE_COLUMNS: ListColumns = {
  name: 'template',
  labels: { form: 'Form', use: 'Used by', saved: 'Saved' },
  standard: ['form', 'use', 'saved'],
}
