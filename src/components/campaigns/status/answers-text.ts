import { formatCount, formatOf } from '@/components/ui/numbers'
import { formatTime } from '@/components/ui/zoned-time'
import type { CampaignRow } from '../api-types'

export type Answers = Pick<CampaignRow, 'replied' | 'bounced' | 'unsubscribed' | 'away' | 'reading'>

/** A figure, and the quiet line below it. `isKnown` false: nobody has read, so the figure claims nothing. */
export type FigureWords = { text: string; note: string | null; isKnown: boolean }

const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ') || null

/** As of when the answers are known: "as of 14:02"; null where they are not read. `now` decides whether the day is said. */
export function asOfWords(
  { reading: { mailboxes, read, asOf } }: Pick<Answers, 'reading'>,
  zone: string,
  now: Date | null,
) {
  if (read === 0 || !asOf) return null
  const isToday = now && formatTime(now, zone, 'day') === formatTime(asOf, zone, 'day')
  const part = read < mailboxes ? `${formatCount(read)} of ${formatOf(mailboxes, 'mailbox', 'mailboxes')} read, ` : ''
  return `${part}as of ${formatTime(asOf, zone, isToday ? 'time' : 'day-time')}`
}

/** A figure that only reading brings: "not read" instead of a 0 that nobody has seen. What a person has marked stands. */
function readFigure(answers: Answers, count: number): FigureWords | null {
  const { read, asOf } = answers.reading
  if (count > 0) return { text: formatCount(count), note: read === 0 ? 'others are not read' : null, isKnown: true }
  if (read === 0) return { text: 'not read', note: null, isKnown: false }
  return asOf ? null : { text: 'not read yet', note: null, isKnown: false }
}

/** Who replied, and who is away. */
export function repliedWords(answers: Answers, zone: string, now: Date | null): FigureWords {
  const figure = readFigure(answers, answers.replied) ?? { text: '0', note: null, isKnown: true }
  const away = answers.away > 0 ? `${formatCount(answers.away)} away` : null
  return { ...figure, note: join(figure.note, asOfWords(answers, zone, now), away) }
}

/** Whose address is dead, and who unsubscribed: a click on a link is known without reading. */
export function bouncedWords(answers: Answers): FigureWords {
  const figure = readFigure(answers, answers.bounced) ?? { text: '0', note: null, isKnown: true }
  const left = answers.unsubscribed > 0 ? `${formatCount(answers.unsubscribed)} unsubscribed` : null
  return { ...figure, note: join(figure.note, left) }
}

/** Who is away, by what they wrote. */
export const awayWords = (answers: Answers): FigureWords =>
  readFigure(answers, answers.away) ?? { text: '0', note: null, isKnown: true }

/** Replies of people per lead that got an email: "4.2 %"; null without any email. */
export function replyRate({ replied, contacted }: { replied: number; contacted: number }): string | null {
  if (contacted === 0) return null
  const percent = (100 * replied) / contacted
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toFixed(1)} %`
}
