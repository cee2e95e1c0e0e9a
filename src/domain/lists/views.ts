/** Lists of which people keep views. */
export const VIEWED_LISTS = ['leads', 'campaigns'] as const
export type ViewedList = (typeof VIEWED_LISTS)[number]

/** Views that one person keeps of one list, at the most. */
export const VIEWS_AT_MOST = 50

const PLACES = ['after', 'before', 'page']

/** What a view keeps of an address: its filters, order and columns, and not the page that was open. */
export function viewQuery(search: string): string {
  const params = new URLSearchParams(search)
  for (const place of PLACES) params.delete(place)
  return params.toString()
}
