import EmailReplyParser from 'email-reply-parser'
import { cutText } from '../cut-text'
import { newTextOfHtml, textOfHtml } from './html-text'
import type { ReceivedMessage } from './received-message'

// Whoever writes more does not answer; and what is longer costs time, since a quote's head may span lines.
const LONGEST_TEXT = 24_000
const LONGEST_LINE = 1_000
// The library's patterns of some languages take the square of the length.
const LONGEST_READ_BY_LIBRARY = 10_000

/** The body as plain text: its text part, else its HTML. At most 24,000 characters. */
export const bodyText = onceEach(({ text, html }) => shortened(text.trim() ? text : textOfHtml(html)))

/**
 * What the sender has written now: without quoted messages, signature and closing formula. Answers between quoted lines are
 * kept. '' where everything is quoted.
 */
export const newText = onceEach((message) => {
  const ofHtml = message.html.trim() ? newTextOfHtml(message.html) : ''
  // Where a message has both, its HTML tells what is quoted, and its text where nothing new stands there.
  for (const text of [ofHtml, message.text]) {
    const written = text.trim() ? withoutQuotes(shortened(text)) : ''
    if (written) return written
  }
  return ''
})

type Body = Pick<ReceivedMessage, 'text' | 'html'>

/** Several rules ask for the texts of one message, which take most of the time that it takes to understand it. */
function onceEach(read: (body: Body) => string): (body: Body) => string {
  const known = new WeakMap<Body, string>()
  return (body) => {
    const text = known.get(body) ?? read(body)
    known.set(body, text)
    return text
  }
}

function withoutQuotes(text: string): string {
  const own = withoutMarkedQuotes(text)
  const above = own.slice(0, headOfQuote(own) ?? own.length).slice(0, LONGEST_READ_BY_LIBRARY)
  return withoutClosing(new EmailReplyParser().parseReply(above).trim())
}

const MARKED = /^[ \t]*>/

/** Drops lines with ">" and the line above that says whose they are: what stands between and below them is new. */
function withoutMarkedQuotes(text: string): string {
  const lines = text.split('\n')
  const kept: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const length = attributionLength(lines, i)
    const following = lines.slice(i + length).find((next) => next.trim())
    if (length > 0 && following && MARKED.test(following)) i += length - 1
    else if (!MARKED.test(line)) kept.push(line)
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function shortened(text: string): string {
  return cutText(text, LONGEST_TEXT)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .split('\n')
    .map((line) => cutText(line, LONGEST_LINE).trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}

const FROM = 'from|von|de|van|da|från|fra|od|lähettäjä|отправитель|от|kimden|feladó|寄件者|发件人|差出人'
const OTHER =
  'sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|envoye|date|à|objet|enviado(?: el)?|enviada(?: em)?|fecha|para|asunto|assunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|skickat|till|kopia|ämne|sendt|til|emne|wysłano|do|temat|дата|кому|тема'
// Bold in Outlook's text parts: "*From:* Sam Lee".
const FROM_LINE = new RegExp(`^[ \\t]*\\*?(?:${FROM})[ \\t]*:\\*?[ \\t]*\\S`, 'iu')
const OTHER_LINE = new RegExp(`^[ \\t]*\\*?(?:${OTHER})[ \\t]*:\\*?[ \\t]*\\S`, 'iu')
const SEPARATOR =
  /^[ \t]*(?:-{2,}|_{2,})[ \t]*(?:(?:original|forwarded) message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message (?:d'origine|transféré)|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|wiadomość oryginalna)[ \t]*(?:-{2,}|_{2,})?[ \t]*$/iu
const WROTE =
  /^[ \t]*(?:on|am|le|el|il|in data|op|em|den|på|w dniu|dnia)(?!\p{L}).{4,200}(?<!\p{L})(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał\(?a?\)?|pisze)(?!\p{L}).{0,160}:[ \t]*$/iu

/** Where the head of a quoted message begins, in the shapes that the library does not know; null where none does. */
function headOfQuote(text: string): number | null {
  const lines = text.split('\n')
  let at = 0
  for (const [i, line] of lines.entries()) {
    const following = lines.slice(i + 1, i + 6).filter((next) => next.trim())
    const isHead = FROM_LINE.test(line) && following.filter((next) => OTHER_LINE.test(next)).length >= 2
    if (isHead || SEPARATOR.test(line) || attributionLength(lines, i) > 0) return at
    at += line.length + 1
  }
  return null
}

/**
 * How many lines say whose the quoted ones are, from this one on; 0 where none does. Programs break it: "Am Mo., 14. Dez. 2026
 * um 10:00 Uhr schrieb Sam Lee <\nsam@nexa.example>:".
 */
function attributionLength(lines: readonly string[], i: number): number {
  const [first = '', second = '', third = ''] = lines.slice(i, i + 3)
  if (!/\d/.test(first) || MARKED.test(first)) return 0
  return [first, `${first} ${second}`, `${first} ${second} ${third}`].findIndex((line) => WROTE.test(line)) + 1
}

const CLOSING =
  /^[ \t]*(?:(?:kind|best|warm|many)?[ \t]*regards|best|cheers|thanks(?: and regards)?|sincerely|yours (?:sincerely|truly|faithfully)|mit (?:freundlichen|besten|lieben|herzlichen) gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe|herzliche|freundliche|schöne) gr(?:ü|ue)(?:ß|ss)e|(?:mfg|vg|lg)|(?:bien |très )?cordialement|bien à vous|salutations|saludos(?: cordiales)?|un (?:cordial )?saludo|atentamente|cordiali saluti|distinti saluti|un (?:cordiale )?saluto|(?:met )?(?:vriendelijke |hartelijke )?groet(?:en|jes)?|(?:com os melhores )?cumprimentos|atenciosamente|med vänliga? hälsning(?:ar)?|vänliga hälsningar|hälsningar|mvh|med venlig hilsen|z poważaniem|pozdrawiam)[ \t]*[,.!]?[ \t]*$/iu

// What phones and gateways write below everything, or above a quote where nothing was written.
const BY_PROGRAM =
  /^[ \t]*(?:[_-]{3,}|(?:sent|gesendet|envoyé|enviado|inviato|verzonden|verstuurd|skickat) (?:from|von|depuis|de(?:sde)?|da(?:l)?|à partir de|vanaf|från)[ \t].{1,60}|von (?:meinem|meiner|mein\S*)[ \t].{1,40} gesendet|get outlook for .{1,40})[ \t]*$/iu

/** The text before its closing formula: what follows is a name, a card and a disclaimer. */
function withoutClosing(text: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line, i) => (i > 0 && CLOSING.test(line)) || BY_PROGRAM.test(line))
  return (at < 0 ? lines : lines.slice(0, at)).join('\n').trim()
}
