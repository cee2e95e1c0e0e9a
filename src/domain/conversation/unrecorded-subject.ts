import { beginsLikeAnswer } from './subject'

/** What is known of the subject of an email that was never recorded: its template's, which one within a thread does not have. */
export type UnrecordedSubject = { template: string; isInThread: boolean }

const TAG = /\{\{.*?\}\}|\{%.*?%\}/gs
const CONDITION = /\{%.*?%\}/s
// "Hello ..." and "A question ..." are written by hand as well.
const LEAST_TEXT = 12

/** Whether the subject tells the email from others: it is its template's, of which enough text is its own. */
export const tellsItself = ({ template, isInThread }: UnrecordedSubject): boolean =>
  !isInThread && ownTexts(template).join('').length >= LEAST_TEXT

/**
 * Whether a message with this subject is that email: its template's own text stands in it in order. A template with little text, or
 * of variables alone, says nothing; nor does the subject of a thread, which all of its answers have.
 */
export function maybeSubjectOf(unrecorded: UnrecordedSubject, subject: string): boolean {
  if (!tellsItself(unrecorded) || (beginsLikeAnswer(subject) && !beginsLikeAnswer(unrecorded.template))) return false
  const text = oneLine(subject)
  const [first = '', ...others] = ownTexts(unrecorded.template)
  const last = others.pop()
  if (last === undefined) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let from = first.length
  for (const part of others) {
    const at = text.indexOf(part, from)
    if (at < 0 || at + part.length > text.length - last.length) return false
    from = at + part.length
  }
  return true
}

/** What stands around and between the variables of a template's subject: the first and the last text, and all that must stand between. */
function ownTexts(template: string): string[] {
  const parts = template.split(TAG).map(oneLine)
  // What stands between conditions may be left out.
  return CONDITION.test(template) ? [parts[0] ?? '', parts.at(-1) ?? ''] : parts
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
