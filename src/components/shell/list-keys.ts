/** Keys of lists: fetched when the first of them is pressed. */
const ROW = '[data-list-row]'
const rowOfFocus = () => document.activeElement?.closest<HTMLElement>(ROW) ?? null
const isShown = (row: HTMLElement) => row.getClientRects().length > 0

/**
 * Walks through the list of a page: `j` and `k` put the focus on the next or the previous row, `x` chooses the row that has it. Enter
 * opens it, as the focus is on its link.
 */
export function pressListKey(key: string) {
  if (key === 'x') rowOfFocus()?.querySelector<HTMLInputElement>('input[type="checkbox"]:enabled')?.click()
  else walk(key === 'j' ? 1 : -1)
}

function walk(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>(`main ${ROW}`)].filter(isShown)
  const here = rowOfFocus()
  const at = here ? rows.indexOf(here) : -1
  // At an end the focus stays.
  const row = at < 0 ? rows[0] : rows[at + step]
  const target = row?.querySelector<HTMLElement>('.row-link') ?? row
  target?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}
