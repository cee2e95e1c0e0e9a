/** Lists of which people keep views. */
export const VIEWED_LISTS = [
  'leads',
  'campaigns',
  'emails',
  'campaign-leads',
  'batches',
  'templates',
  'workflows',
  'imports',
  'audit',
  'mailboxes',
  'sandbox',
  'suppression',
  'inbox',
  'runs',
] as const
export type ViewedList = (typeof VIEWED_LISTS)[number]

/** Views that one person keeps of one list, at the most. */
export const VIEWS_AT_MOST = 50

// Where somebody is in a list, what they have open, and where they came from.
const PLACES = ['after', 'before', 'page', 'email', 'run', 'id', 'back']

/**
 * What a view keeps of an address: its filters, order and columns, and not the page that was open. `columns`: those that are shown, which
 * a browser may have kept by itself; in a view they stand by name, or it would show whatever was chosen last.
 */
export function viewQuery(search: string, columns?: string): string {
  const params = new URLSearchParams(search)
  if (columns !== undefined) params.set('columns', columns)
  for (const place of PLACES) params.delete(place)
  return params.toString()
}
