import { cutText } from '../../cut-text'
import type { ReceivedMessage } from '../received-message'
import { withoutAnswerPrefix } from '../subject'
import { NEGATED, SURE, UNSURE, WHOLE_MESSAGE } from './stop-phrases'

/** Subject of an email that unsubscribes: it names the email that offered it. */
export const unsubscribeSubject = (token: string): string => `unsubscribe ${token}`

/** The token in such a subject; null in any other. */
export const unsubscribeTokenIn = (subject: string): string | null =>
  /^\s*unsubscribe\s+([\w-]{40,200})\s*$/i.exec(subject)?.[1] ?? null

/** Somebody asks for no further email. Unsure: the words may mean something else, and a person decides. */
export type StopRequest = { kind: 'stop_request'; sure: boolean; words: string }

// Longer texts say more than a wish to stop, and are read by a person.
const LONGEST_SURE = 600
const LONGEST_WORDS = 120

/**
 * Reads a wish to get no further email from what somebody has newly written; null where nothing says so. `unsubscribeAddresses`
 * are those of our List-Unsubscribe headers: what comes there, or with a subject that says nothing else, is always sure.
 */
export function stopRequestOf(
  message: Pick<ReceivedMessage, 'to' | 'subject'>,
  written: string,
  unsubscribeAddresses: ReadonlySet<string>,
): StopRequest | null {
  const { subject, to } = message
  const asked = to.some(({ address }) => unsubscribeAddresses.has(address))
  if (asked || /^\s*(?:unsubscribe|abmelden)(?:\s+\S{8,})?\s*$/i.test(subject))
    return { kind: 'stop_request', sure: true, words: subject }
  const text = written
    .split('\n')
    .filter((line) => !/https?:\/\//i.test(line))
    .join('\n')
    .trim()
  if (
    WHOLE_MESSAGE.test(withoutGreeting(text)) ||
    (text === '' && WHOLE_MESSAGE.test(withoutAnswerPrefix(subject).trim()))
  )
    return { kind: 'stop_request', sure: true, words: cutText(text || subject, LONGEST_WORDS) }
  for (const phrase of SURE) {
    const said = phrase.exec(text)
    if (said && !NEGATED.test(text.slice(0, said.index)))
      return { kind: 'stop_request', sure: text.length <= LONGEST_SURE, words: cutText(said[0], LONGEST_WORDS) }
  }
  const maybe = UNSURE.exec(text)
  return maybe ? { kind: 'stop_request', sure: false, words: maybe[0] } : null
}

// "Hi Sam,\nunsubscribe": what stands before and after the wish is no other wish.
const withoutGreeting = (text: string): string =>
  text
    .replace(
      /^(?:hi|hello|dear|hallo|guten (?:tag|morgen)|sehr geehrte[rs]?|bonjour|hola|buenos días|buongiorno|ciao|beste|geachte|olá|bom dia|hej)\b[^\n]{0,60}\n+/iu,
      '',
    )
    .replace(/\n+(?:thanks|thank you|danke|merci|gracias|grazie|bedankt|obrigad[oa]|tack)[^\n]{0,40}$/iu, '')
    .trim()
