import type { ListColumns } from '@/components/lists/columns/list-columns'

/** The columns of the list of mailboxes, beside the mailbox. */
export const MAILBOX_COLUMNS: ListColumns = {
  name: 'mailbox',
  labels: { health: 'Health', answers: 'Answers', today: 'Sent today', window: 'Sending window' },
  standard: ['health', 'answers', 'today', 'window'],
}
