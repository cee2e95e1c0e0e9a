import { normalised } from '../spelling'

// What mail programs write before the subject of an answer, a forwarded or an automatic message, in their languages.
const ANSWER = 're|aw|antw|antwort|sv|vs|ref|rif|ris|r|rv|res|resp|odp|ynt|bls|ang|atb|hа|回复|答复|回覆|返信|отв|ответ'
const FORWARDED = 'fw|fwd|wg|tr|rv|enc|encam|pd|vl|vb|doorst|i|ii|vid|videresendt|转发|轉寄|пересл'
const AUTOMATIC =
  'auto(?:matic)?[ -]?(?:reply|response|antwort)|automatische antwort|automatisch antwoord|autosvar|automatiskt svar|réponse automatique|reponse automatique|respuesta automática|respuesta automatica|risposta automatica|resposta automática|resposta automatica|out of (?:the )?office|abwesenheitsnotiz|abwesend|undeliverable|unzustellbar|read|gelesen'
const PREFIX = new RegExp(
  `^(?:(?:${ANSWER}|${FORWARDED}|${AUTOMATIC})\\s*(?:(?:\\[\\d+\\]|\\(\\d+\\)|\\^\\d+)\\s*)?[:：])\\s*`,
  'iu',
)
// Marks that gateways put in front.
const MARK =
  /^(?:\[(?:ext|extern|external|externe?s?|spam\??|suspected spam|caution|newsletter)[^\]]{0,20}\]|\*{2,}\s*spam\s*\*{2,}|(?:ext|extern|external)\s*:)\s*/i

/** The subject without what programs put before it, in one spelling for comparison. */
export function canonicalSubject(subject: string): string {
  let rest = normalised(subject, 'NFKC').replace(/\s+/g, ' ').trim().slice(0, 500)
  for (let shorter = ''; shorter !== rest; ) {
    shorter = rest
    rest = rest.replace(PREFIX, '').replace(MARK, '')
  }
  return rest.trim().toLowerCase()
}

/** Whether it begins with what programs put before the subject of an answer or a forwarded message. */
export const beginsLikeAnswer = (subject: string): boolean => PREFIX.test(normalised(subject, 'NFKC').trim())

const FORWARD = new RegExp(`^(?:${FORWARDED})\\s*[:：]`, 'iu')

/** Whether what programs put before the subject says that the message, or one that it answers, was forwarded. */
export function isForwarded(subject: string): boolean {
  let rest = normalised(subject, 'NFKC').trim().slice(0, 500)
  for (let shorter = ''; shorter !== rest; rest = rest.replace(PREFIX, '').replace(MARK, '')) {
    if (FORWARD.test(rest)) return true
    shorter = rest
  }
  return false
}

// Shorter ones agree with too much by their beginning.
const SHORTEST_BEGINNING = 16

/** Whether two subjects are of one conversation: the same, or one cut off by a program. */
export function subjectsAgree(one: string, other: string): boolean {
  const [short, long] = [canonicalSubject(one), canonicalSubject(other)].sort((a, b) => a.length - b.length)
  if (!short || !long) return short === long
  const beginning = short.replace(/(…|\.{3})$/, '').trimEnd()
  return short === long || (beginning.length >= SHORTEST_BEGINNING && long.startsWith(beginning))
}

// Without those that also begin subjects of their own, such as "Ref: 4711".
const BEGINS_ANSWER = /^\s*(?:(?:re|aw|antw|antwort|sv|vs|rif|odp|res|resp)\s*(?:(?:\[\d+\]|\(\d+\))\s*)?[:：]\s*)+/i

/** The subject without "Re: ", "AW: " and the like, in its own spelling. */
export const withoutAnswerPrefix = (subject: string): string => subject.replace(BEGINS_ANSWER, '')
