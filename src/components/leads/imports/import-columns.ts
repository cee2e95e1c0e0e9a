import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the list of imports, beside the file. */
export const IMPORT_COLUMNS: ListColumns = {
  name: 'import',
  labels: {
    status: 'Status',
    by: 'Imported',
    added: 'New',
    filled: 'Updated',
    already: 'Already there',
    refused: 'Left out',
    removed: 'Taken out',
  },
  standard: ['status', 'by', 'added', 'filled', 'already', 'refused', 'removed'],
}
