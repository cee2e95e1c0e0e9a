import { formatCount, formatOf } from '@/components/ui/numbers'
import { formatTime } from '@/components/ui/zoned-time'
import type { CampaignRow } from '../api-types'

export type Answers = Pick<CampaignRow, 'replied' | 'bounced' | 'unsubscribed' | 'away' | 'reading'>

/** A figure, and the quiet line below it. `isKnown` false: nobody has read, so the figure claims nothing. */
export type FigureWords = { text: string; note: string | null; isKnown: boolean }

type Reading = Answers['reading']

/** How many of the mailboxes get the replies where they are read. */
export const heardOf = ({ read, elsewhere }: Pick<Reading, 'read' | 'elsewhere'>): number => read - elsewhere.length

/** "1 of 2 mailboxes read"; null where all are, or none. */
function partWords({ mailboxes, read }: Pick<Reading, 'mailboxes' | 'read'>): string | null {
  return read > 0 && read < mailboxes
    ? `${formatCount(read)} of ${formatOf(mailboxes, 'mailbox', 'mailboxes')} read`
    : null
}

/** "replies go to sales@nexa.example, which is not read here"; null where none do. */
export function elsewhereWords({ elsewhere }: Pick<Reading, 'elsewhere'>): string | null {
  const [first, ...others] = new Set(elsewhere)
  if (!first) return null
  return others.length === 0
    ? `replies go to ${first}, which is not read here`
    : `replies go to ${[first, ...others].join(', ')}, which are not read here`
}

const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ') || null

/** As of when the answers are known: "as of 14:02"; null where they are not read. `now` decides whether the day is said. */
export function asOfWords(
  { reading: { mailboxes, read, asOf } }: Pick<Answers, 'reading'>,
  zone: string,
  now: Date | null,
) {
  if (read === 0 || !asOf) return null
  const part = partWords({ mailboxes, read })
  const isToday = now && formatTime(now, zone, 'day') === formatTime(asOf, zone, 'day')
  return `${part ? `${part}, ` : ''}as of ${formatTime(asOf, zone, isToday ? 'time' : 'day-time')}`
}

/** A figure that only reading brings: "not read" instead of a 0 that nobody has seen. What a person has marked stands. */
function readFigure({ reading: { asOf } }: Answers, count: number, read: number): FigureWords | null {
  if (count > 0) return { text: formatCount(count), note: read === 0 ? 'others are not read' : null, isKnown: true }
  if (read === 0) return { text: 'not read', note: null, isKnown: false }
  return asOf ? null : { text: 'not read yet', note: null, isKnown: false }
}

/** Who replied, and who is away. */
export function repliedWords(answers: Answers, zone: string, now: Date | null): FigureWords {
  const { reading, replied } = answers
  const heard = heardOf(reading)
  const figure = readFigure(answers, replied, heard) ?? { text: '0', note: null, isKnown: true }
  const away = answers.away > 0 ? `${formatCount(answers.away)} away` : null
  const asOf = heard > 0 ? asOfWords(answers, zone, now) : null
  return { ...figure, note: join(figure.note, asOf, elsewhereWords(reading), away) }
}

/** Whose address is dead, and who unsubscribed: a click on a link is known without reading. */
export function bouncedWords(answers: Answers): FigureWords {
  const { reading, bounced, unsubscribed } = answers
  const figure = readFigure(answers, bounced, reading.read) ?? { text: '0', note: null, isKnown: true }
  const left = unsubscribed > 0 ? `${formatCount(unsubscribed)} unsubscribed` : null
  return { ...figure, note: join(figure.note, partWords(reading), left) }
}

/** Who is away, by what they wrote. */
export function awayWords(answers: Answers): FigureWords {
  const { reading, away } = answers
  const figure = readFigure(answers, away, reading.read) ?? { text: '0', note: null, isKnown: true }
  return { ...figure, note: join(figure.note, partWords(reading)) }
}

/**
 * "4.2 % of 24 leads": of all that got an email. Where not all mailboxes are read it says so, and that it may be more; null where
 * nobody knows of any.
 */
export function rateWords({ contacted, ...answers }: Answers & { contacted: number }): string | null {
  const { reading, replied } = answers
  const heard = heardOf(reading)
  const isKnown = heard > 0 && (replied > 0 || reading.asOf !== null)
  const rate = isKnown ? replyRate({ replied, contacted }) : null
  const isAll = heard === reading.mailboxes
  const words =
    rate && (isAll || replied > 0) ? `${isAll ? '' : 'at least '}${rate} of ${formatOf(contacted, 'lead')}` : null
  return join(words, partWords(reading), elsewhereWords(reading))
}

/** Replies of people per lead that got an email: "4.2 %"; null without any email. */
export function replyRate({ replied, contacted }: { replied: number; contacted: number }): string | null {
  if (contacted === 0) return null
  const percent = (100 * replied) / contacted
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toFixed(1)} %`
}
