import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the emails that the sandbox received, beside the subject. */
export const SANDBOX_COLUMNS: ListColumns = {
  name: 'sandbox',
  labels: { to: 'To', from: 'From', received: 'Received' },
  standard: ['to', 'from', 'received'],
}
