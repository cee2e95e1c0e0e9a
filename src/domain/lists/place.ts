import { isUuid } from '../uuid'

/** A place in a sorted list: what its row is sorted by (null: the row has no such value), and the row itself. */
export type Place = { value: string | number | null; id: string }

/** Which page of a list: the rows after or before a place; the first ones without either. */
export type PageAsked = { after?: string | undefined; before?: string | undefined; pageSize?: number | undefined }

/** A place as it stands in an address. */
export const placeText = ({ value, id }: Place): string =>
  base64url(JSON.stringify(value === null ? [id] : [id, value]))

/** The place that a text names; null for what no list has made. */
export function placeOf(text: string | undefined): Place | null {
  if (!text) return null
  try {
    const [id, value = null] = JSON.parse(textOf(text)) as unknown[]
    const isValue = value === null || typeof value === 'string' || typeof value === 'number'
    // No text of the database holds this character.
    const isText = typeof value !== 'string' || !value.includes('\0')
    return typeof id === 'string' && isUuid(id) && isValue && isText ? { id, value } : null
  } catch {
    return null
  }
}

const base64url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const textOf = (encoded: string) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0)),
  )

/** The rows of a page in the order of the list, and the ways on and back; null where there is no further row. */
export type ListPage<Row> = { rows: Row[]; previous: string | null; next: string | null }

/** Rows of one page as they are read: from the place on or back, one more than fit. `onwards`: in the order of the list. */
export type PageRead = { onwards: boolean; from: Place | null; limit: number }

/** By what a list is sorted: its rows' arrival alone, or a value of theirs, which some may lack. */
export type SortedBy = { value: 'none' | 'text' | 'integer' | 'time'; canBeEmpty?: boolean }

/** What to read for the page that is asked for: the first for places that no list of this order has made. */
export function pageRead({ after, before }: PageAsked, pageSize: number, by: SortedBy): PageRead {
  const onwards = fitting(placeOf(after), by)
  const from = onwards ?? fitting(placeOf(before), by)
  return { onwards: onwards !== null || from === null, from, limit: pageSize + 1 }
}

function fitting(place: Place | null, { value: kind, canBeEmpty = false }: SortedBy): Place | null {
  if (place === null || kind === 'none') return place
  const { value, id } = place
  if (value === null) return canBeEmpty ? place : null
  if (kind === 'text') return { id, value: String(value) }
  if (kind === 'integer') return INTEGER.test(String(value)) ? { id, value: Number(value) } : null
  const time = new Date(value)
  return Math.abs(time.getTime()) <= LATEST_MS ? { id, value: time.toISOString() } : null
}

const INTEGER = /^\d{1,9}$/
// The year 9999.
const LATEST_MS = 253_402_300_799_999

/** The page of the rows that were read, of which one more than fit tells that there is a way on. */
export function pageOf<Row>(read: PageRead, found: readonly Row[], place: (row: Row) => Place): ListPage<Row> {
  const shown = found.slice(0, read.limit - 1)
  const further = found.length > shown.length
  const rows = read.onwards ? shown : shown.toReversed()
  const first = rows.at(0)
  const last = rows.at(-1)
  const hasPrevious = read.onwards ? read.from !== null : further
  const hasNext = read.onwards ? further : true
  return {
    rows,
    previous: first && hasPrevious ? placeText(place(first)) : null,
    next: last && hasNext ? placeText(place(last)) : null,
  }
}

/** A number of rows, counted up to a bound: `more` where there are more. */
export type BoundedCount = { total: number; more: boolean }

/** Rows that are counted at the most where counting all would take longer and longer. */
export const COUNTED_AT_MOST = 1_000

/** The count of rows that were counted up to one more than the bound. */
export const boundedCount = (counted: number, atMost = COUNTED_AT_MOST): BoundedCount => ({
  total: Math.min(counted, atMost),
  more: counted > atMost,
})
