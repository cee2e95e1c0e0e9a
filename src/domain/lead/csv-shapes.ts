import { foldLatin } from '../spelling'
import { normaliseEmail } from './email'
import type { LeadField } from './fields'

type Guess = LeadField | 'ignore'

// Legal forms as they end a company's name.
const LEGAL_FORM =
  /(?:^|\s)(?:gmbh|ag|kg|ohg|gbr|ug|se|mbh|e\.?k\.?|e\.?v\.?|inc|llc|ltd|plc|corp|co|company|bv|b\.v\.|nv|sa|s\.a\.|sarl|sas|srl|s\.r\.l\.|spa|s\.p\.a\.|sl|s\.l\.|lda|ltda|oy|ab|as|a\/s|aps|kft|zrt|s\.?r\.?o\.?|sp\. z o\.o\.)\.?$/i

const letters = (text: string) => foldLatin(text).replace(/[^\p{L}\p{N}]+/gu, '')

/**
 * Tells columns without a header by the first rows: the addresses by their form, names and company by what the address
 * says of them. A column about which the rows say nothing is ignored; a person puts it where it belongs.
 */
export function guessByRows(width: number, rows: readonly (readonly string[])[]): Guess[] {
  const targets = new Array<Guess>(width).fill('ignore')
  const email = bestColumn(width, targets, (i) => share(rows, (cells) => normaliseEmail(cells[i] ?? '').ok))
  if (email === null) return targets
  targets[email] = 'email'
  const parts = rows.map((cells) => partsOf(cells[email] ?? ''))
  const shareOf = (i: number, fits: (value: string, parts: AddressParts) => boolean) =>
    share(rows, (cells, row) => {
      const of = parts[row]
      return of !== undefined && fits(cells[i]?.trim() ?? '', of)
    })
  const take = (target: Guess, score: (i: number) => number) => {
    const column = bestColumn(width, targets, score)
    if (column !== null) targets[column] = target
  }
  take('companyName', (i) => shareOf(i, (value, { domain }) => LEGAL_FORM.test(value) || sharesName(value, domain)))
  take('firstName', (i) => shareOf(i, isFirst))
  take('lastName', (i) => shareOf(i, isLast))
  if (!targets.includes('firstName') || !targets.includes('lastName')) {
    take('contactName', (i) => shareOf(i, (value, { words }) => isFullName(value, words)))
  }
  return targets
}

type AddressParts = { words: string[]; domain: string }

function partsOf(raw: string): AddressParts {
  const result = normaliseEmail(raw)
  if (!result.ok) return { words: [], domain: '' }
  const at = result.email.lastIndexOf('@')
  const words = result.email.slice(0, at).split(/[._+-]+/)
  return {
    words: words.filter(Boolean),
    domain: letters(
      result.email
        .slice(at + 1)
        .split('.')
        .at(-2) ?? '',
    ),
  }
}

const isWord = (value: string) => /^[\p{L}\p{M}'’.-]+(?: [\p{L}\p{M}'’.-]+)?$/u.test(value)

const isFirst = (value: string, { words: [first = ''] }: AddressParts) =>
  isWord(value) && first !== '' && letters(value) === letters(first)

const isLast = (value: string, { words }: AddressParts) =>
  isWord(value) && words.length > 1 && letters(value) === letters(words.at(-1) ?? '')

const isFullName = (value: string, words: readonly string[]) =>
  value.split(/\s+/).length > 1 && words.some((word) => word.length > 1 && letters(value).includes(letters(word)))

/** "Bergbach Söhne" and bergbach.example, "Casa do Vento" and casadovento.example. */
function sharesName(value: string, domain: string): boolean {
  const name = letters(value)
  const [first = ''] = value.split(/\s+/).map(letters)
  return domain.length > 2 && name !== '' && (name === domain || (first.length > 2 && domain.startsWith(first)))
}

function share(rows: readonly (readonly string[])[], fits: (cells: readonly string[], row: number) => boolean): number {
  return rows.length ? rows.filter(fits).length / rows.length : 0
}

/** The free column that fits most of the rows, and at least half of them; null where there is none. */
function bestColumn(width: number, targets: readonly Guess[], score: (i: number) => number): number | null {
  let best: { column: number; score: number } | null = null
  for (let column = 0; column < width; column++) {
    if (targets[column] !== 'ignore') continue
    const value = score(column)
    if (value >= 0.5 && (!best || value > best.score)) best = { column, score: value }
  }
  return best?.column ?? null
}
