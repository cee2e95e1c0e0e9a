import type { ListColumns } from '@/components/lists/columns/list-columns'

/** What a conversation in the list can show, beside whom it is with and when. */
export const INBOX_COLUMNS: ListColumns = {
  name: 'inbox',
  labels: { subject: 'Subject', excerpt: 'Beginning of the text', marks: 'Marks: whose it is, how it stands' },
  standard: ['subject', 'excerpt', 'marks'],
}
