import * as chrono from 'chrono-node'
import * as de from 'chrono-node/de'
import * as es from 'chrono-node/es'
import * as fr from 'chrono-node/fr'
import * as it from 'chrono-node/it'
import * as nl from 'chrono-node/nl'
import * as pt from 'chrono-node/pt'
import * as sv from 'chrono-node/sv'
import { DAY_MS } from '../../time/duration'
import { BARE_DAY, CUES, type Cue, type CueLanguage, ENDS_IN_WEEKDAY } from './return-cues'

/** When somebody is away until. */
export type ReturnDate = {
  /** The day that they name, `YYYY-MM-DD`: their last one away, or their first one back. What comes after it finds them there. */
  day: string
  /** The words it was read from. */
  words: string
}

/** When a message was written, and where: relative dates count from the sender's own calendar day. */
export type Written = { at: Date; utcOffsetMinutes: number }

// Beyond, it is a year mistaken, a leave without end, or no return at all.
const MOST_DAYS = 100
// Of each kind: whoever writes more of them says no date, and reading one takes a part of a millisecond.
const MOST_CUES = 100
// A cue and its date stand in one sentence.
const REACH = 70

type Parsed = { start: Found; end?: Found | null; index: number; text: string }
type Found = {
  get(part: 'day' | 'month' | 'year'): number | null
  isCertain(part: 'day' | 'weekday' | 'month' | 'year'): boolean
}
type Parser = (text: string, written: Written) => Parsed[]

const parserOf =
  (locale: Pick<typeof chrono, 'parse'>): Parser =>
  (text, { at, utcOffsetMinutes }) =>
    locale.parse(text, { instant: at, timezone: utcOffsetMinutes }, { forwardDate: true })

const PARSERS: Record<CueLanguage, Parser> = {
  en: parserOf(chrono.en),
  de: parserOf(de),
  fr: parserOf(fr),
  es: parserOf(es),
  it: parserOf(it),
  nl: parserOf(nl),
  pt: parserOf(pt),
  sv: parserOf(sv),
}

/**
 * The date on which somebody says they return: "until Monday", "back on the 12th", "vom 22.12. bis 5.1.". The latest that is
 * said, of those not before the message and within 100 days; null where none is.
 */
export function returnDateIn(text: string, written: Written): ReturnDate | null {
  const found = CUES.flatMap(({ language, cue, range }) =>
    firstOf(text.matchAll(cue), MOST_CUES).flatMap((match) => {
      const from = match.index + match[0].length
      if (ENDS_IN_WEEKDAY.test(text.slice(Math.max(0, match.index - 20), match.index))) return []
      const read = dateBehind({ cue: match[0], after: text.slice(from, from + REACH) }, { language, range }, written)
      if (!read || !isPlausible(read, written)) return []
      return [
        { day: read, words: `${match[0]}${sentenceOf(text.slice(from, from + REACH))}`.replace(/\s+/g, ' ').trim() },
      ]
    }),
  )
  return found.toSorted((a, b) => b.day.localeCompare(a.day))[0] ?? null
}

function firstOf<Item>(items: Iterable<Item>, count: number): Item[] {
  const first: Item[] = []
  for (const item of items) if (first.push(item) >= count) break
  return first
}

/** The date that stands right behind a cue: within its sentence, with nothing but small words between. */
function dateBehind(
  { cue, after }: { cue: string; after: string },
  { language, range }: Pick<Cue, 'language' | 'range'>,
  written: Written,
): string | null {
  const said = sentenceOf(after)
  const untilDay = said.replace(FIRST_DAY_OF_TWO, ' ')
  const sentence = isoDates(untilDay, written)
  const parsed = parsedIn(sentence, language, written)
  const first = parsed[0]
  const last = first?.end ?? (rangeJoins(sentence, parsed) ? parsed[1]?.start : undefined)
  // "from Monday to Friday" are hours of work.
  if (range && first && last && isWeekdayAlone(first.start) && isWeekdayAlone(last)) return null
  if (first && isNear(sentence.slice(0, first.index)) && (last || !range || untilDay !== said))
    return dayOf(last ?? first.start)
  if (range) return null
  // "jusqu'au 12": the article belongs to the cue.
  return bareDay(sentence, written) ?? bareDay(`${cue.split(/[\s'’]/).at(-1)}${sentence}`, written)
}

// "entre 21 e 31 de dezembro": two days of one month, of which the second counts.
const FIRST_DAY_OF_TWO =
  /^[\s,:]*(?:(?:the|dem|den|le|el|o|il|dia|día)\s+)?\d{1,2}(?:st|nd|rd|th|\.|er)?\s*(?:-|–|e|y|et|und|and|en|och|a|al|au|to|bis|till|tot|until)\s*(?=(?:(?:the|dem|den|le|el|o|il|dia|día)\s+)?\d{1,2}(?:st|nd|rd|th|\.|er)?\s+(?:de\s+)?\p{L}{3,})/iu

// A dot behind a number ends no sentence: "12. Januar".
const sentenceOf = (text: string): string => text.split(/(?<!\d)[.!?;]\s+(?=\p{Lu})|\n\s*\n/u)[0] ?? ''

// "back in the office on", "von Montag, dem": no other statement fits between.
const isNear = (between: string): boolean => between.length <= 40 && !/[.!?]\s|\n\n/.test(between)

function parsedIn(text: string, language: CueLanguage, written: Written): Parsed[] {
  // Abbreviated weekdays of two letters are words of their own: "to", "on", "so".
  const parsed = PARSERS[language](text, written).filter(({ start, text }) => isDayCertain(start) && text.length > 2)
  // Whoever mixes languages writes the month in English.
  return parsed.length > 0 || language === 'en'
    ? parsed
    : PARSERS.en(text, written).filter(({ start }) => isDayCertain(start))
}

// Hours alone, such as "from 9 to 5", name no day.
const isDayCertain = (found: Found): boolean =>
  found.isCertain('weekday') || (found.isCertain('day') && found.isCertain('month'))

const isWeekdayAlone = (found: Found): boolean => found.isCertain('weekday') && !found.isCertain('day')

// "from 22 December to 5 January" is one range, also where the library reads two dates.
function rangeJoins(text: string, [first, second]: Parsed[]): boolean {
  if (!first || !second) return false
  const between = text.slice(first.index + first.text.length, second.index)
  return /^\s*(?:\d{4})?\s*(?:-|–|to|through|until|till|bis(?: zum)?|au|jusqu'au|al|hasta(?: el)?|fino al?|tot(?: en met)?|t\/m|a|até(?: a)?|till(?: och med)?|t\.?o\.?m\.?)\s*(?:\p{L}+,?\s*)?$/iu.test(
    between,
  )
}

function dayOf(found: Found): string | null {
  const [year, month, day] = [found.get('year'), found.get('month'), found.get('day')]
  return year && month && day ? isoDay(year, month, day) : null
}

const pad = (number: number, length: number) => String(number).padStart(length, '0')
const isoDay = (year: number, month: number, day: number) => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`

/**
 * Dates in numbers as `YYYY-MM-DD`: "5.1.", "05/01/2027", "12-01-27". The day comes first, but for America, which the sender's
 * clock tells, and where only the other order makes a date. Without a year, the next such day.
 */
function isoDates(text: string, written: Written): string {
  const monthFirst = written.utcOffsetMinutes <= -180
  const today = localDay(written)
  const year = Number(today.slice(0, 4))
  // "12/21-1/4", "24.12.-6.1.": two dates.
  return text
    .replace(/(\d\.?)[-–](?=\d{1,2}[./]\d)/g, '$1 - ')
    .replace(
      /(?<![\d.,/:-])(\d{1,2})([./-])\s?(\d{1,2})(?:\2\s?(\d{4}|\d{2})(?!\d)|\.?(?![\d:/-]|\s?(?:uhr|h\b|%|€)))/giu,
      (whole: string, one: string, dot: string, two: string, given: string | undefined) => {
        const [day, month] =
          (monthFirst && dot !== '.' && Number(one) <= 12) || Number(two) > 12 ? [two, one] : [one, two]
        const inYear = (y: number) => isoDay(y, Number(month), Number(day))
        if (given)
          return isDay(inYear((Number(given) % 100) + 2000)) ? ` ${inYear((Number(given) % 100) + 2000)} ` : whole
        const next = inYear(year) < today ? inYear(year + 1) : inYear(year)
        return isDay(next) ? ` ${next} ` : whole
      },
    )
}

/** "back on the 12th", "ab dem 12.", "le 12": the next such day of a month. */
function bareDay(text: string, written: Written): string | null {
  const match = BARE_DAY.exec(text)
  const day = Number(match?.[1] ?? match?.[2] ?? 0)
  if (!match || day < 1 || day > 31) return null
  const [year = 0, month = 0, today = 0] = localDay(written).split('-').map(Number)
  const next = day > today ? isoDay(year, month, day) : isoDay(month === 12 ? year + 1 : year, (month % 12) + 1, day)
  return isDay(next) ? next : null
}

const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/** The sender's calendar day. */
const localDay = ({ at, utcOffsetMinutes }: Written): string =>
  new Date(at.getTime() + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)

function isPlausible(day: string, written: Written): boolean {
  const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${localDay(written)}T00:00:00Z`)) / DAY_MS
  return days >= 0 && days <= MOST_DAYS
}
