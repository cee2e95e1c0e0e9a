import { toValue } from 'liquidjs'

/** Longest text that filters take, make and compare, in characters. A printed value has no such bound. */
export const VALUE_LIMIT = 10_000

/** Longest text to search for, in characters: searching takes as long as both lengths multiplied. */
export const PATTERN_LIMIT = 200

/** Most bytes that one part of an email may have once it is rendered. */
export const PART_BYTES_LIMIT = 500_000

/**
 * Work of one email, in characters that filters, comparisons and outputs touch. About 5 ms, and a hundred times what
 * long emails take.
 */
const WORK_LIMIT = 2_000_000

/** Work of taking a list apart or looking at one of its items. */
const ITEM_WORK = 32

/** A limit that a template reaches by itself, or with the values of one lead; said in plain words. */
export class LimitError extends Error {
  override name = 'LimitError'
}

/** Counts the work of one email, and ends it where it would take too long. Nothing here looks at the time. */
export class Budget {
  #work = 0
  #printed = 0

  /** Characters that were touched. */
  get work(): number {
    return this.#work
  }

  /** To be called before the work is done. @throws {LimitError} */
  spend(work: number): void {
    this.#work += work
    if (this.#work > WORK_LIMIT) throw new LimitError(TOO_MUCH)
  }

  /** Admits a value to a filter or comparison and returns its length. @throws {LimitError} */
  admit(value: unknown): number {
    const length = lengthOf(value)
    if (Array.isArray(value)) this.spend(value.length * ITEM_WORK)
    refuseLong(length)
    this.spend(length)
    return length
  }

  /** Admits a text to search for, in a text of this length. @throws {LimitError} */
  admitSearch(length: number, pattern: unknown): void {
    const long = lengthOf(pattern)
    if (long > PATTERN_LIMIT) throw new LimitError(TOO_LONG_PATTERN)
    this.spend(length * (1 + long / 4))
  }

  /** Begins a part, which has printed nothing yet. */
  beginPart(): void {
    this.#printed = 0
  }

  /** Counts what a part prints. @throws {LimitError} */
  print(characters: number): void {
    this.spend(characters)
    this.#printed += characters
    if (this.#printed > PART_BYTES_LIMIT) throw new LimitError(TOO_LARGE_PART)
  }
}

export const TOO_MUCH = 'The template makes too much text or takes too long.'
export const TOO_LONG_PATTERN = `A text to search for in the template has more than ${PATTERN_LIMIT} characters.`

/** A sentence as it stands behind a colon. */
export const asClause = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1, -1)}`

const inWords = (count: number) => count.toLocaleString('en')
const TOO_LARGE_PART = `The subject or a body is larger than ${PART_BYTES_LIMIT / 1000} kB.`

/** Refuses a value of this length between filters. @throws {LimitError} */
export function refuseLong(length: number): void {
  if (length > VALUE_LIMIT)
    throw new LimitError(`A value in the template has more than ${inWords(VALUE_LIMIT)} characters.`)
}

/** Refuses a rendered part that is too large. @throws {LimitError} */
export function refuseLarge(output: string): void {
  // No character takes more than three bytes.
  if (output.length * 3 > PART_BYTES_LIMIT && bytesOf(output) > PART_BYTES_LIMIT) throw new LimitError(TOO_LARGE_PART)
}

const ENCODER = new TextEncoder()
const bytesOf = (text: string) => ENCODER.encode(text).length

/** Characters of a value as filters read it: those of a list are those of its items. */
function lengthOf(given: unknown): number {
  const value: unknown = toValue(given)
  if (typeof value === 'string') return value.length
  if (!Array.isArray(value)) return value === null || value === undefined ? 0 : String(value).length
  let length = 0
  for (const item of value) length += lengthOf(item)
  return length
}
